/** A house in which every rule is broken, to see that the rules can fail. */
@NullMarked
package dev.monolift.architecture.broken;

import org.jspecify.annotations.NullMarked;
