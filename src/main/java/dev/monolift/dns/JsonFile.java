package dev.monolift.dns;

import java.util.ArrayList;
import java.util.List;

/**
 * A JSON file. A scanner of its own, because a parser's values do not tell where their characters
 * stand in the file.
 */
final class JsonFile {
  /** What PHP's json_decode allows by default. */
  private static final int MAX_DEPTH = 512;

  private final String text;
  private final String wanted;
  private final List<SettingValue> found = new ArrayList<>();
  private int at;

  private JsonFile(String text, String wanted) {
    this.text = text;
    this.wanted = wanted;
  }

  /**
   * The strings of a key.
   *
   * @param text the file
   * @param path names and array indices joined by dots; the path of an array means all its strings
   * @return the strings in order
   * @throws SyntaxException when the file is not JSON
   */
  static List<SettingValue> find(String text, String path) throws SyntaxException {
    var file = new JsonFile(text, path);
    file.value("", "", 0);
    if (file.next() != 0) {
      throw file.error("unexpected text after the end");
    }
    return List.copyOf(file.found);
  }

  /** Reads one value whose path is one of two: an array's element also has the array's own. */
  private void value(String path, String arrayPath, int depth) throws SyntaxException {
    if (depth > MAX_DEPTH) {
      throw error("nested deeper than " + MAX_DEPTH);
    }
    switch (next()) {
      case '{' -> object(path, depth);
      case '[' -> array(path, depth);
      case '"' -> {
        SettingValue string = string();
        if (path.equals(wanted) || arrayPath.equals(wanted)) {
          found.add(string);
        }
      }
      default -> literal();
    }
  }

  private void object(String path, int depth) throws SyntaxException {
    at++;
    if (next() == '}') {
      at++;
      return;
    }
    while (true) {
      if (next() != '"') {
        throw error("a name in double quotes is missing");
      }
      String name = string().text();
      expect(':');
      String member = path.isEmpty() ? name : path + "." + name;
      value(member, member, depth + 1);
      if (ends('}')) {
        return;
      }
    }
  }

  private void array(String path, int depth) throws SyntaxException {
    at++;
    if (next() == ']') {
      at++;
      return;
    }
    for (int index = 0; ; index++) {
      value(path.isEmpty() ? "" + index : path + "." + index, path, depth + 1);
      if (ends(']')) {
        return;
      }
    }
  }

  private boolean ends(char close) throws SyntaxException {
    if (next() == close) {
      at++;
      return true;
    }
    expect(',');
    return false;
  }

  private void literal() throws SyntaxException {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || "+-.".indexOf(text.charAt(at)) >= 0)) {
      at++;
    }
    if (!text.substring(start, at)
        .matches("true|false|null|-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
      at = start;
      throw error("a value is missing");
    }
  }

  private SettingValue string() throws SyntaxException {
    var decoder = new SettingValue.Decoder();
    at++;
    while (at < text.length() && text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c < ' ') {
        throw error("a control character inside a string");
      }
      decoder.add(c == '\\' ? escape() : c, at);
    }
    expect('"');
    return decoder.value();
  }

  private char escape() throws SyntaxException {
    char c = at < text.length() ? text.charAt(at++) : 0;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw error("an unknown escape");
    };
  }

  private char unicode() throws SyntaxException {
    String digits = text.substring(at, Math.min(at + 4, text.length()));
    if (!digits.matches("[0-9a-fA-F]{4}")) {
      throw error("an unknown escape");
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private void expect(char c) throws SyntaxException {
    if ((c == '"' && at >= text.length()) || (c != '"' && next() != c)) {
      throw error("'" + c + "' is missing");
    }
    at++;
  }

  /** The next character after white space, not consumed; zero at the end. */
  private char next() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : 0;
  }

  private SyntaxException error(String what) {
    long line =
        text.substring(0, Math.min(at, text.length())).chars().filter(c -> c == '\n').count();
    return new SyntaxException("line " + (line + 1) + ": " + what);
  }

  /** The file is not JSON. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message);
    }
  }
}
