package dev.monolift.architecture.broken.metrics;

import java.util.List;

/** A class that needs too much. */
final class SevenParameters {
  final List<String> all;

  SevenParameters(String a, String b, String c, String d, String e, String f, String g) {
    all = List.of(a, b, c, d, e, f, g);
  }
}
