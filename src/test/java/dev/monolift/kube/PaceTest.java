package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 5);
  private final Pace pace = new Pace(Duration.ofMillis(100), clock::get);

  @Test
  void theFirstPassIsImmediateAndTheNextWaitsForTheRestOfThePeriod() {
    var mailer = pace.initState();

    assertThat(pace.isLimited(mailer)).isEmpty();
    clock.addAndGet(30_000_000);
    assertThat(pace.isLimited(mailer)).contains(Duration.ofMillis(71));
    clock.addAndGet(70_000_000);
    assertThat(pace.isLimited(mailer)).isEmpty();
    assertThat(pace.isLimited(mailer)).contains(Duration.ofMillis(101));
  }

  @Test
  void resourcesDoNotWaitForEachOther() {
    assertThat(pace.isLimited(pace.initState())).isEmpty();
    assertThat(pace.isLimited(pace.initState())).isEmpty();
  }
}
