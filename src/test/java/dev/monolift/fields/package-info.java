/** Tests of field paths, ownership sets, stored form and differences. */
@NullMarked
package dev.monolift.fields;

import org.jspecify.annotations.NullMarked;
