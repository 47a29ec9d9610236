/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.plan;

import org.jspecify.annotations.NullMarked;
