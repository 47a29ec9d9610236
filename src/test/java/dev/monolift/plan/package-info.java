/** Tests of the pure kernel. */
@NullMarked
package dev.monolift.plan;

import org.jspecify.annotations.NullMarked;
