/** Part of the broken house. */
@NullMarked
package dev.monolift.architecture.broken.kube;

import org.jspecify.annotations.NullMarked;
