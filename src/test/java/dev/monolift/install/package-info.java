/** The operator as it is installed: its image and its manifests. */
@NullMarked
package dev.monolift.install;

import org.jspecify.annotations.NullMarked;
