package dev.monolift.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A {@code .env} file as phpdotenv and Symfony's Dotenv read it. */
final class EnvFile {
  private static final Pattern ENTRY =
      Pattern.compile("\uFEFF?[ \\t]*(?:export[ \\t]+)?([A-Za-z_][A-Za-z0-9_.]*)[ \\t]*=[ \\t]*");

  private EnvFile() {}

  /**
   * The values of a variable. All of them where it is set more than once: which one counts depends
   * on the library.
   *
   * @param text the file
   * @param key the variable
   * @return its values in order
   */
  static List<SettingValue> find(String text, String key) {
    var found = new ArrayList<SettingValue>();
    Matcher entry = ENTRY.matcher(text);
    int at = 0;
    while (at < text.length()) {
      int line = at;
      if (entry.region(at, text.length()).lookingAt()) {
        LineValue value = LineValue.read(text, entry.end(), "#");
        if (entry.group(1).equals(key)) {
          found.add(value.value());
        }
        line = value.end();
      }
      at = LineValue.nextLine(text, line);
    }
    return found;
  }
}
