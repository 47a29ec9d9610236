/** Health and metrics over HTTP. */
@NullMarked
package dev.monolift.management;

import org.jspecify.annotations.NullMarked;
