package dev.monolift.dns;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds names of the form {@code service.namespace.svc} in any text: alone, with a port, in a DSN,
 * a URL or a whole file. They are the names that a smaller ndots makes slower or breaks.
 */
final class ServiceNames {
  private static final String END = ".svc";

  private ServiceNames() {}

  /**
   * The relative Service names with two or more dots. A name that goes on after {@code .svc} (also
   * with a trailing dot) is not one, nor is a pattern such as {@code .svc} or {@code *.shop.svc} in
   * NO_PROXY. A placeholder ({@code $(X)} or {@code ${X}}) counts as any number of labels.
   *
   * @param text any text
   * @return the names as they stand there, in order, with duplicates
   */
  static List<String> in(String text) {
    var names = new ArrayList<String>();
    for (int at = 0; at + END.length() <= text.length(); at++) {
      if (!text.regionMatches(true, at, END, 0, END.length())) {
        continue;
      }
      int end = at + END.length();
      int start = start(text, at);
      String name = text.substring(start, end);
      boolean whole = end == text.length() || !nameChar(text.charAt(end));
      boolean pattern = name.startsWith(".") || (start > 0 && text.charAt(start - 1) == '*');
      boolean enough = ResolverSearch.dots(name) >= 2 || name.contains("$");
      if (whole && !pattern && enough) {
        names.add(name);
      }
    }
    return names;
  }

  private static int start(String text, int end) {
    int start = end;
    while (start > 0) {
      char before = text.charAt(start - 1);
      if (nameChar(before)) {
        start--;
      } else if (before == ')' || before == '}') {
        int open = text.lastIndexOf(before == ')' ? "$(" : "${", start - 1);
        if (open < 0 || text.substring(open, start - 1).matches(".*[\\s)}].*")) {
          return start;
        }
        start = open;
      } else {
        return start;
      }
    }
    return start;
  }

  private static boolean nameChar(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
  }
}
