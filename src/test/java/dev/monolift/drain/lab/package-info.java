/**
 * The drain program with real processes: as the first process of a PID namespace, under the shells
 * that images have, with real PHP, and with somebody who stops it as kubelet does.
 */
@NullMarked
package dev.monolift.drain.lab;

import org.jspecify.annotations.NullMarked;
