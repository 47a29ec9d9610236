/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.api;

import org.jspecify.annotations.NullMarked;
