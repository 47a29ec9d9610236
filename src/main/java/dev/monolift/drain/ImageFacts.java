package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainSpec.Signal;
import dev.monolift.plan.ImageName;
import java.util.List;
import java.util.Set;
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
    ImageName name = ImageName.of(image);
    return new ImageFacts(shell(name), stopSignal(name), name.isOfficialPhp());
  }

  private static Shell shell(ImageName name) {
    if (!name.isOfRedHat() && name.saysAny(BUSYBOX)) {
      return Shell.BUSYBOX;
    }
    if (name.isOfRedHat() || name.saysRedHat()) {
      return Shell.BASH;
    }
    return name.isOfficialPhp() || name.saysDebian() ? Shell.DASH : Shell.UNKNOWN;
  }

  /** The official php images say it in their tags; images of others are often called after them. */
  private static @Nullable Signal stopSignal(ImageName name) {
    List<String> words = name.words();
    if (words.contains("php") && words.contains("fpm")) {
      return Signal.QUIT;
    }
    if (words.contains("php") && words.contains("apache")) {
      return Signal.WINCH;
    }
    return switch (name.base()) {
      case "nginx" -> Signal.QUIT;
      case "httpd" -> Signal.WINCH;
      default -> null;
    };
  }
}
