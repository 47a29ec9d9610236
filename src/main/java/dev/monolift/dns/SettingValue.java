package dev.monolift.dns;

import java.util.Arrays;

/**
 * A value as the program reads it, and where each of its characters ends in the document that it
 * stands in. So a dot goes to the right place although quotes and escapes differ.
 */
final class SettingValue {
  private final String text;
  private final int[] ends;

  private SettingValue(String text, int[] ends) {
    this.text = text;
    this.ends = ends;
  }

  /**
   * A value without quotes and escapes.
   *
   * @param document the document
   * @param start where the value starts
   * @param end where it ends
   * @return the value
   */
  static SettingValue plain(String document, int start, int end) {
    var decoder = new Decoder();
    for (int i = start; i < end; i++) {
      decoder.add(document.charAt(i), i + 1);
    }
    return decoder.value();
  }

  /**
   * The value.
   *
   * @return the value as the program reads it
   */
  String text() {
    return text;
  }

  /**
   * Where a character ends in the document.
   *
   * @param end index after the character in the value, greater than zero
   * @return index after the character in the document
   */
  int inDocument(int end) {
    return ends[end - 1];
  }

  /** Collects the characters of a value. */
  static final class Decoder {
    private final StringBuilder text = new StringBuilder();
    private int[] ends = new int[32];

    /**
     * Adds one character.
     *
     * @param c the character as the program reads it
     * @param end index after it in the document
     */
    void add(char c, int end) {
      if (text.length() == ends.length) {
        ends = Arrays.copyOf(ends, ends.length * 2);
      }
      ends[text.length()] = end;
      text.append(c);
    }

    /**
     * What was collected.
     *
     * @return the value
     */
    SettingValue value() {
      return new SettingValue(text.toString(), Arrays.copyOf(ends, text.length()));
    }
  }
}
