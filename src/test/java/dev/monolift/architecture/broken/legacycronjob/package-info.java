/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.legacycronjob;

import org.jspecify.annotations.NullMarked;
