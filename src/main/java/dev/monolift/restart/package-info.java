/**
 * The restart once a day: its minute, its objects, and what the restarting program decides. Pure.
 */
@NullMarked
package dev.monolift.restart;

import org.jspecify.annotations.NullMarked;
