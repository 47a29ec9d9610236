/** {@code ./monolift bench}: what the operator costs, measured on a control plane of its own. */
@NullMarked
package dev.monolift.bench;

import org.jspecify.annotations.NullMarked;
