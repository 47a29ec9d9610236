/** Commands that need the test cluster and therefore exist in the checkout only. */
@NullMarked
package dev.monolift.demo;

import org.jspecify.annotations.NullMarked;
