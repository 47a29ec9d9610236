/**
 * The DNS engine: how many queries a name costs, where a trailing dot is safe, and what to write
 * into a pod. Pure.
 */
@NullMarked
package dev.monolift.dns;

import org.jspecify.annotations.NullMarked;
