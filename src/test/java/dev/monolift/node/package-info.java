/** What users are promised, on a node that really runs containers. */
@NullMarked
package dev.monolift.node;

import org.jspecify.annotations.NullMarked;
