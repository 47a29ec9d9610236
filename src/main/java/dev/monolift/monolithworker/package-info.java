/** The kind MonolithWorker: one queue worker program as one Deployment. */
@NullMarked
package dev.monolift.monolithworker;

import org.jspecify.annotations.NullMarked;
