package dev.monolift.shell;

/** The text is not a script. */
final class SyntaxException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int offset;
  private final String reason;

  SyntaxException(int offset, String reason) {
    super(reason, null, false, false);
    this.offset = offset;
    this.reason = reason;
  }

  int offset() {
    return offset;
  }

  String reason() {
    return reason;
  }
}
