/**
 * Monolift, a Kubernetes operator that lifts a large PHP monolith from virtual machines into
 * Kubernetes.
 */
@NullMarked
package dev.monolift;

import org.jspecify.annotations.NullMarked;
