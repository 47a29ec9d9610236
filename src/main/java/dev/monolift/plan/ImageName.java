package dev.monolift.plan;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the reference of an image says in words. Nothing is pulled.
 *
 * @param path registry and repository in small letters, without tag and digest
 * @param words words of the repository's last part and of the tag, without the numbers at their
 *     ends: {@code alpine3.20} and {@code ubi9} are the words alpine and ubi with a version
 */
public record ImageName(String path, List<String> words) {
  private static final Set<String> DEBIAN =
      Set.of(
          "debian",
          "minideb",
          "ubuntu",
          "slim",
          "buster",
          "bullseye",
          "bookworm",
          "trixie",
          "focal",
          "jammy",
          "noble");
  private static final Set<String> RED_HAT =
      Set.of(
          "rockylinux",
          "almalinux",
          "oraclelinux",
          "centos",
          "fedora",
          "ubi",
          "rhel",
          "amazonlinux");

  /** Copies the words. */
  public ImageName {
    words = List.copyOf(words);
  }

  /**
   * Reads a reference.
   *
   * @param image image reference; null or a bare digest tells nothing
   * @return its words
   */
  public static ImageName of(@Nullable String image) {
    String name = image == null ? "" : image.toLowerCase(Locale.ROOT);
    int digest = name.indexOf('@');
    name = digest < 0 ? name : name.substring(0, digest);
    int slash = name.lastIndexOf('/');
    int colon = name.indexOf(':', slash + 1);
    String path = colon < 0 ? name : name.substring(0, colon);
    String tag = colon < 0 ? "" : name.substring(colon + 1);
    List<String> words =
        Stream.of((path.substring(slash + 1) + "-" + tag).split("[-_.+]"))
            .map(word -> word.replaceFirst("\\d+$", ""))
            .toList();
    return new ImageName(path, words);
  }

  /**
   * The repository's last part.
   *
   * @return for example {@code php}; empty when there is no name
   */
  public String base() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /**
   * Whether one of these is a word of the name.
   *
   * @param some the words, in small letters
   * @return whether one is
   */
  public boolean saysAny(Set<String> some) {
    return words.stream().anyMatch(some::contains);
  }

  /**
   * Whether a word is of Debian, of Ubuntu or of one of their releases.
   *
   * @return whether one is
   */
  public boolean saysDebian() {
    return saysAny(DEBIAN);
  }

  /**
   * Whether a word is of Red Hat's distribution or of one that is made like it.
   *
   * @return whether one is
   */
  public boolean saysRedHat() {
    return saysAny(RED_HAT);
  }

  /**
   * Whether it is one of Red Hat's own, which keep the base in the path: {@code
   * registry/ubi9/php-82}.
   *
   * @return whether it is
   */
  public boolean isOfRedHat() {
    return Stream.of(path.split("/")).anyMatch(part -> part.matches("ubi\\d+"));
  }

  /**
   * Whether it is the official {@code php} image, also from a mirror; that is Debian unless its tag
   * says alpine.
   *
   * @return whether it is
   */
  public boolean isOfficialPhp() {
    return path.equals("php") || path.endsWith("library/php");
  }
}
