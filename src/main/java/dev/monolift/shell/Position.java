package dev.monolift.shell;

/**
 * A place in a script.
 *
 * @param line line, from 1
 * @param column character in the line, from 1
 */
public record Position(int line, int column) {
  @Override
  public String toString() {
    return "line " + line + ", column " + column;
  }
}
