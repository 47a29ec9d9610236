/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.dns;

import org.jspecify.annotations.NullMarked;
