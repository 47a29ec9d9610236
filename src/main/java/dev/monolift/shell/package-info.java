/**
 * A reader of POSIX shell command lines and scripts (XCU chapter 2). It only reads: nothing is
 * expanded, no file is opened, nothing runs. Pure.
 */
@NullMarked
package dev.monolift.shell;

import org.jspecify.annotations.NullMarked;
