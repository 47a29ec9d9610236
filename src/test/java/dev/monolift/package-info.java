/** What every kind of test uses. */
@NullMarked
package dev.monolift;

import org.jspecify.annotations.NullMarked;
