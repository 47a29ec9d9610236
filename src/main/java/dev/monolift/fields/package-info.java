/**
 * Fields of objects as server-side apply sees them: paths, sets of owned paths, the form in which
 * the API server stores a value, and the one decision whether a child of ours differs. Pure.
 */
@NullMarked
package dev.monolift.fields;

import org.jspecify.annotations.NullMarked;
