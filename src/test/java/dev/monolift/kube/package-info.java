/** Tests of the kernel that need no cluster. */
@NullMarked
package dev.monolift.kube;

import org.jspecify.annotations.NullMarked;
