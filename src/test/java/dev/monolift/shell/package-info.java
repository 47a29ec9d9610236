@NullMarked
package dev.monolift.shell;

import org.jspecify.annotations.NullMarked;
