/** Tests of the daily restart. */
@NullMarked
package dev.monolift.restart;

import org.jspecify.annotations.NullMarked;
