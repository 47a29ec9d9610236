/**
 * The whole operator against a real control plane: as a process of its own, with the shipped
 * rights.
 */
@NullMarked
package dev.monolift.operator;

import org.jspecify.annotations.NullMarked;
