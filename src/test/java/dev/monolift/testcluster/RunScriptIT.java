package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs live as long as their starter, and no longer. */
class RunScriptIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aSigtermToAllOfItsProcessesDoesNotEndTheWatch() throws IOException {
    Process run =
        new ProcessBuilder(
                "sh",
                Command.inRepository("src/testcluster/run.sh").toString(),
                "sh",
                "-c",
                "trap '' TERM; while :; do sleep 1; done")
            .start();
    // the program and the watch
    await().atMost(PATIENCE).until(() -> run.children().count() == 2);
    await().atMost(PATIENCE).until(() -> run.descendants().count() >= 3);
    List<ProcessHandle> family = run.children().toList();

    family.forEach(ProcessHandle::destroy);
    run.toHandle().destroy();
    assertThat(run.isAlive()).isTrue();
    run.getOutputStream().close();

    await().atMost(PATIENCE).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
    await().atMost(PATIENCE).until(() -> !run.isAlive());
  }
}
