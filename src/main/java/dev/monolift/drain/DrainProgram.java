package dev.monolift.drain;

import dev.monolift.fields.Digest;

/**
 * The drain program: a POSIX shell script that runs inside the user's containers.
 *
 * @param text the script
 */
public record DrainProgram(String text) {
  /** File name of the script, and key in its ConfigMap. */
  public static final String FILE = "drain.sh";

  /**
   * How the program is put into a pod. A change of that counts as a new revision too; the earlier
   * ways have to stay, because pods keep their revision until their template changes.
   */
  private static final int FORMAT = 1;

  private static final int BYTES = 5;

  /**
   * The revision: changes with the text and with the way it is put into a pod.
   *
   * @return it, in a form that can be a part of a name
   */
  public String revision() {
    return FORMAT + "-" + Digest.of(text, BYTES);
  }
}
