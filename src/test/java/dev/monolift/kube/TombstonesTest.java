package dev.monolift.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.monolift.plan.Deleted;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Ends that no pass has dealt with yet: none is missed, and they cannot fill the memory. */
class TombstonesTest {
  private final Tombstones<Pod> tombstones = new Tombstones<>();
  private final ChildCache<Pod> cache =
      new ChildCache<>(Map.of(), Watched.of(Pod.class), () -> false);

  @Test
  void whatTheStoreDropsIsThereUntilItsEndIsTold() {
    Pod pod = pod("mail", 1);
    tombstones.leaves(pod);
    assertThat(tombstones.leaving()).containsExactly(pod);
    assertThat(tombstones.gone()).isEmpty();

    tombstones.add(new Deleted<>(pod, true, true));
    assertThat(tombstones.leaving()).isEmpty();
    assertThat(tombstones.gone()).extracting(Deleted::last).containsExactly(pod);

    tombstones.forget(pod);
    assertThat(tombstones.gone()).isEmpty();
  }

  @Test
  void aFloodTakesItsOwnOldestOnly() {
    tombstones.add(new Deleted<>(pod("small", 0), true, true));
    IntStream.range(0, 2 * Tombstones.MOST)
        .forEach(i -> tombstones.add(new Deleted<>(pod("flood", i), true, true)));

    List<String> names =
        tombstones.gone().stream().map(d -> d.last().getMetadata().getName()).toList();
    assertThat(names)
        .hasSize(Tombstones.MOST)
        .contains("small-0", "flood-" + (2 * Tombstones.MOST - 1))
        .doesNotContain("flood-0");
  }

  /** A process that does not lead never has a pass that would take them away. */
  @Test
  void aFloodWhileAnotherProcessLeadsIsBoundedWithoutAWord() {
    var log = (Logger) LoggerFactory.getLogger(Tombstones.class);
    var said = new ListAppender<ILoggingEvent>();
    said.start();
    log.addAppender(said);
    try {
      IntStream.rangeClosed(0, Tombstones.MOST)
          .forEach(i -> tombstones.add(new Deleted<>(pod("flood", i), true, false)));
      assertThat(tombstones.gone()).hasSize(Tombstones.MOST);
      assertThat(said.list).isEmpty();
      tombstones.add(new Deleted<>(pod("mail", 1), true, true));
      assertThat(said.list).isEmpty();
    } finally {
      log.detachAppender(said);
    }
  }

  @Test
  void whatWentWhileTheWatchWasDownIsMarked() {
    cache.onDelete(pod("mail", 1), true);
    cache.onDelete(pod("mail", 2), false);

    assertThat(cache.deleted("shop", Labels.WORKER, "mail"))
        .extracting(d -> d.last().getMetadata().getName(), Deleted::isFinal, Deleted::whileLeading)
        .containsExactly(tuple("mail-1", false, false), tuple("mail-2", true, false));
    assertThat(cache.deleted("shop", Labels.WORKER, "sms")).isEmpty();
    assertThat(cache.deleted("other", Labels.WORKER, "mail")).isEmpty();
  }

  @Test
  void anObjectThatTookTheNameOfAnotherEndsTheOther() {
    Pod before = pod("mail", 1);
    Pod after = new PodBuilder(before).editMetadata().withUid("new").endMetadata().build();

    cache.onUpdate(before, after);

    assertThat(cache.deleted("shop", Labels.WORKER, "mail"))
        .singleElement()
        .satisfies(d -> assertThat(d.last().getMetadata().getUid()).isEqualTo("mail 1"))
        .satisfies(d -> assertThat(d.isFinal()).isFalse());
  }

  private static Pod pod(String worker, int number) {
    return new PodBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(worker + "-" + number)
        .withUid(worker + " " + number)
        .addToLabels(Labels.WORKER, worker)
        .endMetadata()
        .build();
  }
}
