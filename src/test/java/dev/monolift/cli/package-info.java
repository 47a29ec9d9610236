/** Tests of the commands. */
@NullMarked
package dev.monolift.cli;

import org.jspecify.annotations.NullMarked;
