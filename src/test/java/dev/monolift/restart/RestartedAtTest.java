package dev.monolift.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestartedAtTest {
  private static Deployment at(String time) {
    return new DeploymentBuilder()
        .withNewSpec()
        .withNewTemplate()
        .withNewMetadata()
        .addToAnnotations(RestartNames.RESTARTED_AT, time)
        .endMetadata()
        .endTemplate()
        .endSpec()
        .build();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-01-01T00:00:00Z, 2026-01-01T00:00:01Z, true",
    "2026-01-01T00:00:00Z, 2026-01-01T09:00:01+09:00, true",
    "2026-01-01T00:00:00Z, 2026-01-01T09:00:00+09:00, false",
    "2026-01-01T00:00:00Z, 2025-12-31T00:00:00Z, false",
    "by hand,              2025-12-31T00:00:00Z, true",
    "2026-01-01T00:00:00Z, by hand, false"
  })
  void theNewerRestartStays(String template, String live, boolean outdated) {
    assertThat(RestartedAt.isOutdated(at(template).getSpec().getTemplate(), at(live)))
        .isEqualTo(outdated);
  }

  @Test
  void withoutOneNothingIsOutdated() {
    var none =
        new DeploymentBuilder().withNewSpec().withNewTemplate().endTemplate().endSpec().build();
    var some = at("2026-01-01T00:00:00Z");
    assertThat(RestartedAt.isOutdated(none.getSpec().getTemplate(), some)).isFalse();
    assertThat(RestartedAt.isOutdated(some.getSpec().getTemplate(), none)).isFalse();
    assertThat(RestartedAt.isOutdated(some.getSpec().getTemplate(), null)).isFalse();
    assertThat(RestartedAt.time(none)).isEmpty();
    assertThat(RestartedAt.time(at("by hand"))).isEmpty();
    assertThat(RestartedAt.time(at("2026-01-01T09:00:00.5+09:00")))
        .contains(Instant.parse("2026-01-01T00:00:00Z"));
  }
}
