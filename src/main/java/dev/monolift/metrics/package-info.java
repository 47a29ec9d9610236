/** The operator's own meters. */
@NullMarked
package dev.monolift.metrics;

import org.jspecify.annotations.NullMarked;
