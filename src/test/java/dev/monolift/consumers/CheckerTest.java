package dev.monolift.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.consumers.Fact.Pod;
import dev.monolift.consumers.Fact.State;
import dev.monolift.consumers.Fact.Worker;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there for, and nothing else. */
class CheckerTest {
  private static final State GATED = new State(true, true, false, "Pending");
  private static final State LET_IN = new State(true, false, false, "Pending");
  private static final State RUNNING = new State(true, false, false, "Running");
  private static final State TERMINATING = new State(true, false, true, "Running");
  private static final State ENDED = new State(true, false, true, "Succeeded");
  private static final State GONE = new State(false, false, true, "Running");

  private static Pod pod(long version, String name, State state) {
    return new Pod(version, "uid-" + name, name, state, "0");
  }

  private static Worker worker(
      long version, long generation, long observed, @Nullable Integer max) {
    return new Worker(version, generation, observed, 2, max);
  }

  private static List<Long> found(Fact... facts) {
    return Checker.read(List.of(facts)).verdict().findings().stream()
        .map(Checker.Finding::version)
        .toList();
  }

  @Test
  void whoWaitsIsNoConsumer() {
    assertThat(
            found(worker(1, 1, 0, 1), pod(2, "a", GATED), pod(3, "b", GATED), pod(4, "a", LET_IN)))
        .isEmpty();
  }

  @Test
  void oneTooManyIsFoundAtItsOpening() {
    assertThat(
            found(
                worker(1, 1, 0, 1),
                pod(2, "a", GATED),
                pod(3, "b", GATED),
                pod(4, "a", LET_IN),
                pod(5, "b", LET_IN),
                pod(6, "b", RUNNING)))
        .containsExactly(5L);
  }

  @Test
  void whoIsBornWithoutAGateIsFoundToo() {
    assertThat(found(worker(1, 1, 0, 0), pod(2, "a", LET_IN))).containsExactly(2L);
  }

  @Test
  void whoIsTerminatingCounts() {
    assertThat(
            found(
                worker(1, 1, 0, 1),
                pod(2, "a", RUNNING),
                pod(3, "a", TERMINATING),
                pod(4, "b", LET_IN)))
        .containsExactly(4L);
  }

  @Test
  void whoHasEndedOrIsGoneDoesNot() {
    assertThat(
            found(
                worker(1, 1, 0, 1),
                pod(2, "a", RUNNING),
                pod(3, "a", ENDED),
                pod(4, "b", LET_IN),
                pod(5, "b", GONE),
                pod(6, "c", LET_IN)))
        .isEmpty();
  }

  @Test
  void aLowerBoundHoldsWhenItWasSeen() {
    var before = new Fact[] {worker(1, 1, 1, 2), pod(2, "a", RUNNING), worker(3, 2, 1, 1)};
    assertThat(found(before[0], before[1], before[2], pod(4, "b", LET_IN))).isEmpty();
    assertThat(found(before[0], before[1], before[2], worker(4, 2, 2, 1), pod(5, "b", LET_IN)))
        .containsExactly(5L);
  }

  @Test
  void noBoundIsNone() {
    assertThat(found(worker(1, 1, 1, null), pod(2, "a", RUNNING), pod(3, "b", RUNNING))).isEmpty();
  }

  @Test
  void whatIsMissingAtTheEndIsSaid() {
    assertThat(missing(worker(1, 1, 1, 2), pod(2, "a", RUNNING), pod(3, "b", GATED)))
        .startsWith("1 wait at the gate while 1 of 2 run");
    assertThat(missing(worker(1, 1, 1, 2), pod(2, "a", RUNNING))).startsWith("1 of 2 run");
    assertThat(missing(worker(1, 1, 1, 2), pod(2, "a", RUNNING), pod(3, "b", TERMINATING)))
        .startsWith("1 of 2 run");
    assertThat(missing(worker(1, 1, 1, 1), new Pod(2, "uid-a", "a", RUNNING, "old")))
        .startsWith("not all have template 0");
    assertThat(missing(worker(1, 1, 1, 1), pod(2, "a", RUNNING), pod(3, "b", GATED))).isEmpty();
  }

  private static String missing(Fact... facts) {
    return Checker.read(List.of(facts)).missing("0");
  }
}
