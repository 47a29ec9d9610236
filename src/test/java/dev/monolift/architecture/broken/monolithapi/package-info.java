/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.monolithapi;

import org.jspecify.annotations.NullMarked;
