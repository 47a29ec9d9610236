package dev.monolift.dns;

/**
 * A value behind {@code key =} in a file of lines: in double quotes with backslash escapes, in
 * single quotes without, or bare to the end of the line or a comment. Quoted values may span lines.
 *
 * @param value the value
 * @param end index in the file after the value and its closing quote
 */
record LineValue(SettingValue value, int end) {

  /**
   * Reads a value.
   *
   * @param text the file
   * @param start where the value starts, after blanks
   * @param comments characters that start a comment after a blank
   * @return the value
   */
  static LineValue read(String text, int start, String comments) {
    char first = start < text.length() ? text.charAt(start) : '\n';
    if (first == '"' || first == '\'') {
      int close = close(text, start);
      if (close > 0) {
        return new LineValue(quoted(text, start + 1, close, first == '"'), close + 1);
      }
    }
    int end = start;
    while (end < text.length() && !endsLine(text.charAt(end))) {
      boolean afterBlank = end > start && blank(text.charAt(end - 1));
      if (afterBlank && comments.indexOf(text.charAt(end)) >= 0) {
        break;
      }
      end++;
    }
    int last = end;
    while (last > start && blank(text.charAt(last - 1))) {
      last--;
    }
    return new LineValue(SettingValue.plain(text, start, last), end);
  }

  /**
   * Start of the next line.
   *
   * @param text the file
   * @param at an index in the line
   * @return index of the next line's first character; the length where there is none
   */
  static int nextLine(String text, int at) {
    int end = at;
    while (end < text.length() && !endsLine(text.charAt(end))) {
      end++;
    }
    return Math.min(end + 1, text.length());
  }

  /** Index of the closing quote; -1 where there is none. */
  private static int close(String text, int open) {
    char quote = text.charAt(open);
    for (int i = open + 1; i < text.length(); i++) {
      if (text.charAt(i) == quote) {
        return i;
      }
      if (quote == '"' && text.charAt(i) == '\\') {
        i++;
      }
    }
    return -1;
  }

  private static SettingValue quoted(String text, int start, int close, boolean escapes) {
    if (!escapes) {
      return SettingValue.plain(text, start, close);
    }
    var decoder = new SettingValue.Decoder();
    for (int i = start; i < close; i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < close) {
        i++;
        c = unescaped(text.charAt(i));
      }
      decoder.add(c, i + 1);
    }
    return decoder.value();
  }

  private static char unescaped(char c) {
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> c;
    };
  }

  private static boolean blank(char c) {
    return c == ' ' || c == '\t';
  }

  private static boolean endsLine(char c) {
    return c == '\n' || c == '\r';
  }
}
