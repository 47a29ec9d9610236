/**
 * Clusters for tests, the demo and the benchmark: the first that this machine can have of a context
 * that the user names, K3s in Docker, and a control plane built from Go modules.
 */
@NullMarked
package dev.monolift.testcluster;

import org.jspecify.annotations.NullMarked;
