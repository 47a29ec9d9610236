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
    var first = data("x".repeat(1000));
    var second = data("x".repeat(1000));

    texts.share(first);
    texts.share(second);

    assertThat(second).isEqualTo(first);
    assertThat(second.get("text")).isSameAs(first.get("text"));
  }

  @Test
  void shortTextsAreLeftAlone() {
    var short1 = data(String.valueOf("short".toCharArray()));
    String before = short1.get("text");
    texts.share(data(String.valueOf("short".toCharArray())));
    texts.share(short1);

    assertThat(short1.get("text")).isSameAs(before);
  }

  @Test
  void onlyTheLastAreRemembered() {
    var first = data("x".repeat(1000));
    texts.share(first);
    for (int i = 0; i < 100; i++) {
      texts.share(data(i + "x".repeat(1000)));
    }
    var later = data("x".repeat(1000));
    texts.share(later);

    assertThat(later.get("text")).isNotSameAs(first.get("text")).isEqualTo(first.get("text"));
  }

  private static Map<String, String> data(String text) {
    return new HashMap<>(Map.of("text", text));
  }
}
