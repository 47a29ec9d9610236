/** The rules of the house, held by tests; {@code broken} is a house that breaks each of them. */
@NullMarked
package dev.monolift.architecture;

import org.jspecify.annotations.NullMarked;
