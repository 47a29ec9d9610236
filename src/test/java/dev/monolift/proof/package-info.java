/** Facts that tests measured, and the page made of them. */
@NullMarked
package dev.monolift.proof;

import org.jspecify.annotations.NullMarked;
