/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.cli;

import org.jspecify.annotations.NullMarked;
