/** Health, metrics and the log of the operator process. */
@NullMarked
package dev.monolift.management;

import org.jspecify.annotations.NullMarked;
