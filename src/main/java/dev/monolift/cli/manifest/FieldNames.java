package dev.monolift.cli.manifest;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the field that somebody meant. */
final class FieldNames {
  private FieldNames() {}

  /**
   * The known name that is nearest to a written one.
   *
   * @param written what was written
   * @param known names that exist
   * @return the name at most two typing errors away, if there is one
   */
  static Optional<String> nearest(String written, Collection<String> known) {
    int limit = written.length() < 4 ? 1 : 2;
    return known.stream()
        .filter(name -> distance(written, name) <= limit)
        .min(
            Comparator.<String>comparingInt(name -> distance(written, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein distance, upper and lower case being the same. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
