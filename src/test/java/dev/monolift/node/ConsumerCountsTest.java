package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** One sample with one consumer too many is enough to be found, and so is a sampler that slept. */
class ConsumerCountsTest {
  @Test
  void theMostIsFoundWhereverItStands() {
    var counts = ConsumerCounts.parse("1000\t2\n1100\t4\n1200\t3\n");
    assertThat(counts.most()).isEqualTo(4);
    assertThat(counts.counts()).hasSize(3);
  }

  @Test
  void theLongestGapIsFoundWhateverTheOrderOfTheRows() {
    var counts = ConsumerCounts.parse("1200\t3\n1000\t2\n1700\t2\n");
    assertThat(counts.longestGap()).isEqualTo(500);
    assertThat(counts.meanGap()).isEqualTo(350);
  }

  @Test
  void nobodyHasLooked() {
    var counts = ConsumerCounts.parse("");
    assertThat(counts.most()).isZero();
    assertThat(counts.longestGap()).isZero();
    assertThat(counts.meanGap()).isZero();
  }
}
