/**
 * The custom resources of group {@code monolift.dev}, version {@code v1alpha1}: immutable records,
 * documented for {@code kubectl explain}.
 */
@NullMarked
package dev.monolift.api.v1alpha1;

import org.jspecify.annotations.NullMarked;
