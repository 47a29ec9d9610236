/**
 * The CustomResourceDefinitions: how the checked-in files are generated from the API records, and
 * what a real API server makes of them.
 */
@NullMarked
package dev.monolift.crd;

import org.jspecify.annotations.NullMarked;
