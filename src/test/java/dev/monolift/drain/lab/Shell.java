package dev.monolift.drain.lab;

import java.nio.file.Files;
import java.nio.file.Path;

/** The shells that images have as /bin/sh. */
enum Shell {
  DASH("/usr/bin/dash"),
  BASH("/usr/bin/bash"),
  BUSYBOX("/usr/bin/busybox");

  private final String path;

  Shell(String path) {
    this.path = path;
  }

  /** Its program; fails with a sentence where it is missing. */
  String program() {
    if (!Files.isExecutable(Path.of(path))) {
      throw new IllegalStateException(
          path + " is missing: install the packages in src/testbed/debian-packages.txt.");
    }
    return path;
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
