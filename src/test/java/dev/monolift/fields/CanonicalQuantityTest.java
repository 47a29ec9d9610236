package dev.monolift.fields;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The right column is what a real API server (1.36) made of the left one. */
class CanonicalQuantityTest {
  @ParameterizedTest
  @CsvSource({
    "0.5, 500m",
    "500m, 500m",
    "2000m, 2",
    "1500m, 1500m",
    "0.1, 100m",
    "1, 1",
    "1000, 1k",
    "1024, 1024",
    "1024Mi, 1Gi",
    "1.5Gi, 1536Mi",
    "1000000Ki, 1000000Ki",
    "512Ki, 512Ki",
    "0.5Gi, 512Mi",
    "1e3, 1e3",
    "1e9, 1e9",
    "1000M, 1G",
    "0, 0",
    "0.5Ki, 512",
    "100n, 1m",
    "0.0001, 1m",
    "not a quantity, not a quantity"
  })
  void isWhatTheServerStores(String sent, String stored) {
    assertThat(CanonicalQuantity.of(sent)).isEqualTo(stored);
    assertThat(CanonicalQuantity.of(CanonicalQuantity.of(sent))).isEqualTo(stored);
  }
}
