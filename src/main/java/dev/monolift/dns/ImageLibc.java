package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The C library of an image, as far as the image's name tells it. Nothing is pulled. */
final class ImageLibc {
  private static final Set<String> GLIBC =
      Set.of(
          "glibc",
          "slim",
          "debian",
          "minideb",
          "ubuntu",
          "buster",
          "bullseye",
          "bookworm",
          "trixie",
          "focal",
          "jammy",
          "noble",
          "rockylinux",
          "almalinux",
          "oraclelinux",
          "centos",
          "fedora",
          "ubi",
          "rhel",
          "amazonlinux");
  private static final Set<String> MUSL = Set.of("musl", "alpine");

  private ImageLibc() {}

  /**
   * Recognises the library by the words of the repository's last part and of the tag, for example
   * {@code alpine3.20}, {@code bookworm}, {@code ubi9}. The official {@code php} image is Debian
   * unless its tag says alpine.
   *
   * @param image image reference; null or a bare digest tells nothing
   * @return the library; empty when the name does not tell, or tells both
   */
  static Optional<Libc> of(@Nullable String image) {
    if (image == null) {
      return Optional.empty();
    }
    String name = image.toLowerCase(Locale.ROOT);
    int digest = name.indexOf('@');
    name = digest < 0 ? name : name.substring(0, digest);
    int slash = name.lastIndexOf('/');
    int colon = name.indexOf(':', slash + 1);
    String path = colon < 0 ? name : name.substring(0, colon);
    String tag = colon < 0 ? "" : name.substring(colon + 1);
    List<String> words =
        Stream.of((path.substring(slash + 1) + "-" + tag).split("[-_.+]"))
            // "alpine3" and "ubi9" are the words alpine and ubi with a version
            .map(word -> word.replaceFirst("\\d+$", ""))
            .toList();
    boolean musl = words.stream().anyMatch(MUSL::contains);
    boolean glibc = words.stream().anyMatch(GLIBC::contains) || redHat(path);
    if (musl == glibc) {
      return !musl && officialPhp(path) ? Optional.of(Libc.glibc) : Optional.empty();
    }
    return Optional.of(musl ? Libc.musl : Libc.glibc);
  }

  /** Red Hat keeps the base in the path: {@code registry/ubi9/php-82}. */
  private static boolean redHat(String path) {
    return Stream.of(path.split("/")).anyMatch(part -> part.matches("ubi\\d+"));
  }

  private static boolean officialPhp(String path) {
    return path.equals("php") || path.endsWith("library/php");
  }
}
