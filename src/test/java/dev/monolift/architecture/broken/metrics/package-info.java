/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.metrics;

import org.jspecify.annotations.NullMarked;
