/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.monolithworker;

import org.jspecify.annotations.NullMarked;
