package dev.monolift.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read out of an image's reference. */
final class ImageNameTest {

  @ParameterizedTest
  @CsvSource({
    "php, php, php, php",
    "php:8.3-cli-alpine3.20, php, php, php cli alpine",
    "registry.example:5000/Shop/Mailer, registry.example:5000/shop/mailer, mailer, mailer",
    "registry.example:5000/shop/mailer:1-ubi9, registry.example:5000/shop/mailer, mailer,"
        + " mailer ubi",
    "shop/php-fpm_x@sha256:0123, shop/php-fpm_x, php-fpm_x, php fpm x",
    "shop/php:8.3@sha256:0123, shop/php, php, php",
  })
  void isRead(String image, String path, String base, String words) {
    ImageName name = ImageName.of(image);

    assertThat(name.path()).isEqualTo(path);
    assertThat(name.base()).isEqualTo(base);
    assertThat(name.words().stream().filter(word -> !word.isEmpty()))
        .containsExactlyElementsOf(List.of(words.split(" ")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"php", "docker.io/library/php:8.3", "mirror.example/library/php"})
  void isTheOfficialPhp(String image) {
    assertThat(ImageName.of(image).isOfficialPhp()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop/php", "php-fpm", "registry.example/php:8"})
  void isNotTheOfficialPhp(String image) {
    assertThat(ImageName.of(image).isOfficialPhp()).isFalse();
  }

  @Test
  void tellsTheDistributionByItsWords() {
    assertThat(ImageName.of("shop/mailer:1-bookworm").saysDebian()).isTrue();
    assertThat(ImageName.of("debian.example/shop/mailer:1").saysDebian()).isFalse();
    assertThat(ImageName.of("almalinux:9").saysRedHat()).isTrue();
    assertThat(ImageName.of("registry.example/ubi9/php-82:1").isOfRedHat()).isTrue();
    assertThat(ImageName.of("registry.example/ubi9/php-82:1").saysRedHat()).isFalse();
    assertThat(ImageName.of("shop/php:8-alpine").saysAny(Set.of("alpine"))).isTrue();
  }

  @Test
  void noImageTellsNothing() {
    ImageName none = ImageName.of(null);

    assertThat(none.base()).isEmpty();
    assertThat(none.isOfficialPhp() || none.isOfRedHat() || none.saysDebian()).isFalse();
  }
}
