/** Tests of the kind MonolithWorker. */
@NullMarked
package dev.monolift.monolithworker;

import org.jspecify.annotations.NullMarked;
