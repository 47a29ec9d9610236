/**
 * The pure kernel: what a plan is and how conditions, names and labels are made. No client, no
 * clock.
 */
@NullMarked
package dev.monolift.plan;

import org.jspecify.annotations.NullMarked;
