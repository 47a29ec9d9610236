/** Tests of the drain engine. */
@NullMarked
package dev.monolift.drain;

import org.jspecify.annotations.NullMarked;
