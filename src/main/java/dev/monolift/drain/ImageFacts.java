package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the name of an image tells about stopping its containers. Nothing is pulled.
 *
 * @param shell what its {@code /bin/sh} is
 * @param stopSignal its STOPSIGNAL; null when the name does not tell, so that it is most likely
 *     TERM
 * @param officialPhp whether it is the official {@code php} image, whose entrypoint is known
 */
record ImageFacts(Shell shell, @Nullable Signal stopSignal, boolean officialPhp) {
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
  private static final Set<String> BUSYBOX = Set.of("alpine", "busybox");

  /** A shell, by how it starts the last command of {@code sh -c}. */
  enum Shell {
    /** Starts it as a child, always (measured: 0.5.12). */
    DASH,
    /**
     * Becomes it, unless there is a redirection or a compound command around it (measured: 5.2).
     */
    BASH,
    /** Becomes it, also inside compound commands, unless a line break follows (measured: 1.35). */
    BUSYBOX,
    /** One of these. */
    UNKNOWN
  }

  static ImageFacts of(@Nullable String image) {
    String name = image == null ? "" : image.toLowerCase(Locale.ROOT);
    int digest = name.indexOf('@');
    name = digest < 0 ? name : name.substring(0, digest);
    int slash = name.lastIndexOf('/');
    int colon = name.indexOf(':', slash + 1);
    String path = colon < 0 ? name : name.substring(0, colon);
    String base = path.substring(slash + 1);
    List<String> words =
        Stream.of((base + "-" + (colon < 0 ? "" : name.substring(colon + 1))).split("[-_.+]"))
            .map(word -> word.replaceFirst("\\d+$", ""))
            .toList();
    // Red Hat keeps the base in the path: registry/ubi9/php-82.
    boolean redHat = Stream.of(path.split("/")).anyMatch(part -> part.matches("ubi\\d+"));
    boolean php = path.equals("php") || path.endsWith("library/php");
    return new ImageFacts(redHat ? Shell.BASH : shell(words, php), stopSignal(words, base), php);
  }

  private static Shell shell(List<String> words, boolean officialPhp) {
    if (words.stream().anyMatch(BUSYBOX::contains)) {
      return Shell.BUSYBOX;
    }
    if (words.stream().anyMatch(RED_HAT::contains)) {
      return Shell.BASH;
    }
    return officialPhp || words.stream().anyMatch(DEBIAN::contains) ? Shell.DASH : Shell.UNKNOWN;
  }

  /** The official php images say it in their tags; images of others are often called after them. */
  private static @Nullable Signal stopSignal(List<String> words, String base) {
    if (words.contains("php") && words.contains("fpm")) {
      return Signal.QUIT;
    }
    if (words.contains("php") && words.contains("apache")) {
      return Signal.WINCH;
    }
    return switch (base) {
      case "nginx" -> Signal.QUIT;
      case "httpd" -> Signal.WINCH;
      default -> null;
    };
  }
}
