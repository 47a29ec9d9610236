package dev.monolift.shell;

/**
 * The text of a {@code <<} redirection. It stands after the line of the command, so the reader
 * fills it in when it comes there; after that it does not change.
 */
public final class HereDocument {
  private final String delimiter;
  private final boolean literal;
  private final boolean stripsTabs;
  private String body = "";

  HereDocument(String delimiter, boolean literal, boolean stripsTabs) {
    this.delimiter = delimiter;
    this.literal = literal;
    this.stripsTabs = stripsTabs;
  }

  /**
   * The line that ends it.
   *
   * @return the delimiter without quotes
   */
  public String delimiter() {
    return delimiter;
  }

  /**
   * Whether the delimiter was quoted, so that nothing in the text is replaced.
   *
   * @return true when the text means itself
   */
  public boolean isLiteral() {
    return literal;
  }

  /**
   * Whether it was written as {@code <<-}.
   *
   * @return true when leading tabs are dropped
   */
  public boolean stripsTabs() {
    return stripsTabs;
  }

  /**
   * The text as it is written, without the line that ends it.
   *
   * @return whole lines, leading tabs included; unexpanded
   */
  public String body() {
    return body;
  }

  void fill(String text) {
    body = text;
  }
}
