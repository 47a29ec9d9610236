package dev.monolift.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.monolift.demo.ScriptRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./monolift bench} as a process: that it measures, not what. */
final class BenchIT {
  private static final int WORKERS = 5;

  /** Deployment, two ConfigMaps; CronJob, ServiceAccount, Role, RoleBinding and a group's Lease. */
  private static final int CHILDREN = 8;

  private static final int AFTER_SIGTERM = 143;

  @TempDir private Path folder = Path.of("");
  private @Nullable ScriptRun bench;

  @AfterEach
  void endIt() {
    if (bench != null) {
      bench.killIfAlive();
    }
  }

  @Test
  void measuresEverythingAndLeavesNothing() throws IOException, InterruptedException {
    Path json = folder.resolve("bench.json");
    Path page = folder.resolve("benchmarks.md");
    ScriptRun run = start("-o", json.toString(), "--page", page.toString());
    run.awaitOutput("Nothing of the bench is left.");

    assertThat(run.exitCode()).as(run.output()).isZero();
    JsonNode figures = new ObjectMapper().readTree(json.toFile()).path("figures").path(0);
    assertThat(figures.path("workers").asInt()).isEqualTo(WORKERS);
    assertThat(figures.at("/floor/children").asInt()).isEqualTo(CHILDREN * WORKERS);
    assertThat(figures.at("/creation/childWrites").asInt()).isEqualTo(CHILDREN * WORKERS);
    assertThat(figures.at("/creation/statusWrites").asInt()).isBetween(2 * WORKERS, 5 * WORKERS);
    assertThat(figures.at("/creation/reconciledSeconds").asDouble()).isPositive();
    assertThat(figures.at("/creation/cpuSeconds").asDouble()).isPositive();
    assertThat(figures.at("/memory/noObject").asDouble())
        .isPositive()
        .isLessThanOrEqualTo(figures.at("/memory/peak").asDouble());
    assertThat(figures.at("/idle/writes")).isEmpty();
    assertThat(figures.at("/change/samples").asInt()).isEqualTo(2);
    assertThat(figures.at("/restart/writes")).isEmpty();
    assertThat(figures.at("/gate/samples").asInt()).isEqualTo(2);
    assertThat(figures.at("/restart/passes").asInt()).isGreaterThanOrEqualTo(WORKERS);
    assertThat(run.output()).contains("RSS with no object / peak / idle, MiB  ");
    assertThat(Files.readString(page))
        .contains("./monolift bench --workers 5 ", "| RSS with no object / peak / idle, MiB | ");
    run.assertNothingIsLeft();
  }

  @Test
  void anInterruptRemovesAll() throws IOException, InterruptedException {
    ScriptRun run = start();
    run.awaitOutput("5 workers: creation");
    run.signal("TERM");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(AFTER_SIGTERM);
    assertThat(run.output()).contains("Nothing of the bench is left.").doesNotContain("Exception");
    run.assertNothingIsLeft();
  }

  private ScriptRun start(String... more) throws IOException {
    var arguments = new ArrayList<>(List.of("bench", "--workers", "5"));
    arguments.addAll(List.of("--idle", "2", "--changes", "2"));
    arguments.addAll(List.of(more));
    ScriptRun run =
        ScriptRun.start(Path.of("monolift"), folder, Map.of(), arguments.toArray(String[]::new));
    bench = run;
    return run;
  }
}
