/**
 * The only package that writes to a cluster: the loop from a resource to its children, for any
 * kind.
 */
@NullMarked
package dev.monolift.kube;

import org.jspecify.annotations.NullMarked;
