package dev.monolift.drain;

import java.util.LinkedHashMap;
import java.util.Map;

/** The programs of a supervisord configuration. */
final class SupervisordFile {
  private SupervisordFile() {}

  /** The command of each program, by its name. */
  static Map<String, String> commands(String text) {
    Map<String, String> commands = new LinkedHashMap<>();
    String program = "";
    for (String line : text.lines().toList()) {
      String bare = line.strip();
      if (bare.startsWith("[")) {
        program =
            bare.startsWith("[program:")
                ? bare.substring("[program:".length()).replace("]", "")
                : "";
      } else if (!program.isEmpty() && bare.matches("command\\s*[=:].*")) {
        // As in ConfigParser, a comment behind the value begins with a blank and a semicolon.
        String value = bare.replaceFirst("command\\s*[=:]\\s*", "").replaceFirst("\\s;.*", "");
        commands.put(program, value);
      }
    }
    return commands;
  }
}
