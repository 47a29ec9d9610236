/**
 * Kubernetes manifests read from files, as strictly as the API server with strict field validation.
 */
@NullMarked
package dev.monolift.cli.manifest;

import org.jspecify.annotations.NullMarked;
