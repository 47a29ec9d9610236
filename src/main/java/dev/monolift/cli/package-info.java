/** The commands of the monolift program. */
@NullMarked
package dev.monolift.cli;

import org.jspecify.annotations.NullMarked;
