package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Equal long texts are one text. */
class SharedTextsTest {
  private final SharedTexts texts = new SharedTexts();

  @Test
  void equalLongTextsAreKeptOnce() {
    var first = texts.share(data("x".repeat(1000)));
    var second = texts.share(data("x".repeat(1000)));

    assertThat(second).isEqualTo(first).containsOnlyKeys("text");
    assertThat(second.get("text")).isSameAs(first.get("text"));
  }

  @Test
  void shortTextsAreLeftOut() {
    assertThat(texts.share(data("short"))).isEmpty();
    assertThat(texts.share(null)).isEmpty();
  }

  @Test
  void onlyTheLastAreRemembered() {
    var first = texts.share(data("x".repeat(1000)));
    for (int i = 0; i < 100; i++) {
      texts.share(data(i + "x".repeat(1000)));
    }
    var later = texts.share(data("x".repeat(1000)));

    assertThat(later.get("text")).isNotSameAs(first.get("text")).isEqualTo(first.get("text"));
  }

  private static Map<String, String> data(String text) {
    return new HashMap<>(Map.of("text", text));
  }
}
