/**
 * The drain engine: how the drain program gets into a pod, what a pod's end means, and what an
 * entrypoint will do on its last signal. Pure.
 */
@NullMarked
package dev.monolift.drain;

import org.jspecify.annotations.NullMarked;
