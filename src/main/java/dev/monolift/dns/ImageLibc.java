package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.plan.ImageName;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The C library of an image, as far as the image's name tells it. Nothing is pulled. */
final class ImageLibc {
  private static final Set<String> GLIBC = Set.of("glibc");
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
    ImageName name = ImageName.of(image);
    boolean musl = name.saysAny(MUSL);
    boolean glibc =
        name.saysAny(GLIBC) || name.saysDebian() || name.saysRedHat() || name.isOfRedHat();
    if (musl == glibc) {
      return !musl && name.isOfficialPhp() ? Optional.of(Libc.glibc) : Optional.empty();
    }
    return Optional.of(musl ? Libc.musl : Libc.glibc);
  }
}
