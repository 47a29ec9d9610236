package dev.monolift.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An ini file as {@code parse_ini_file} and its relatives read it. */
final class IniFile {
  private static final Pattern SECTION = Pattern.compile("\uFEFF?[ \\t]*\\[([^]\\r\\n]*)]");
  private static final Pattern ENTRY =
      Pattern.compile("\uFEFF?[ \\t]*([^\\s=;#\\[\uFEFF][^=\\r\\n]*?)[ \\t]*=[ \\t]*");

  private IniFile() {}

  /**
   * The values of a key: of {@code section.key} first, else of a key that is spelled so itself, as
   * in php.ini, where sections mean nothing.
   *
   * @param text the file
   * @param key {@code section.key}, or {@code key}; elements of {@code key[]} have the key's name
   * @return its values in order
   */
  static List<SettingValue> find(String text, String key) {
    var bySection = new ArrayList<SettingValue>();
    var byName = new ArrayList<SettingValue>();
    Matcher section = SECTION.matcher(text);
    Matcher entry = ENTRY.matcher(text);
    String prefix = "";
    int at = 0;
    while (at < text.length()) {
      int line = at;
      if (section.region(at, text.length()).lookingAt()) {
        prefix = section.group(1).trim() + ".";
      } else if (entry.region(at, text.length()).lookingAt()) {
        LineValue value = LineValue.read(text, entry.end(), ";#");
        String name = entry.group(1).replaceFirst("\\s*\\[[^]]*]$", "");
        if ((prefix + name).equals(key)) {
          bySection.add(value.value());
        } else if (name.equals(key)) {
          byName.add(value.value());
        }
        line = value.end();
      }
      at = LineValue.nextLine(text, line);
    }
    return bySection.isEmpty() ? byName : bySection;
  }
}
