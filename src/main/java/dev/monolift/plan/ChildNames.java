package dev.monolift.plan;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Names of children: the owner's name and a suffix, shortened in a stable way where a limit demands
 * it.
 */
public final class ChildNames {
  private ChildNames() {}

  /**
   * The name of a child.
   *
   * @param owner name of the owner
   * @param suffix what the child is, without a leading dash
   * @param limit greatest length of the name; at least the suffix's length plus 12
   * @return {@code owner-suffix}, or the start of the owner's name, a hash of all of it, and the
   *     suffix
   */
  public static String child(String owner, String suffix, int limit) {
    String name = owner + "-" + suffix;
    if (name.length() <= limit) {
      return name;
    }
    var crc = new CRC32();
    crc.update(owner.getBytes(StandardCharsets.UTF_8));
    String tail = "-" + String.format("%08x", crc.getValue()) + "-" + suffix;
    return owner.substring(0, limit - tail.length()) + tail;
  }
}
