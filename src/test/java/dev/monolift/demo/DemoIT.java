package dev.monolift.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./monolift demo} as a process. */
final class DemoIT {
  private static final int AFTER_SIGNAL = 128;
  private static final int SIGINT = 2;
  private static final int SIGTERM = 15;

  @TempDir private Path folder = Path.of("");
  private @Nullable ScriptRun demo;

  @AfterEach
  void endIt() {
    if (demo != null) {
      demo.killIfAlive();
    }
  }

  @Test
  void allExamplesBecomeReadyAndNothingIsLeft() throws IOException, InterruptedException {
    ScriptRun run = start("demo", "--exit-when-ready", "--timeout", "240");
    run.awaitOutput("All 6 workers are Ready.");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output())
        .contains("export KUBECONFIG=", "MonolithWorker mail  3/3 ready", "12 → 2 queries")
        .doesNotContain("\033");
    run.assertNothingIsLeft();
  }

  @Test
  void theExamplesRunOnARealNode() throws IOException, InterruptedException {
    assumeFalse(
        !System.getProperty("monolift.skipNode", "false").equals("false"), "-DskipNode is given");
    ScriptRun run = start("demo", "--node", "real", "--exit-when-ready", "--timeout", "240");
    run.awaitOutput("All 6 workers are Ready.");

    assertThat(run.exitCode()).as(run.output()).isZero();
    assertThat(run.output()).contains("a real node and its control plane", "12 → 2 queries");
    run.assertNothingIsLeft();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1/4 Starting a cluster", "Namespace shop"})
  void anInterruptAtAnyTimeRemovesAll(String moment) throws IOException, InterruptedException {
    ScriptRun run = start("demo");
    run.awaitOutput(moment);
    int signal = interruptIsIgnored() ? SIGTERM : SIGINT;
    run.signal(signal == SIGINT ? "INT" : "TERM");

    assertThat(run.exitCode()).as(run.output()).isEqualTo(AFTER_SIGNAL + signal);
    assertThat(run.output()).contains("Nothing of the demo is left.").doesNotContain("Exception");
    run.assertNothingIsLeft();
  }

  private ScriptRun start(String... arguments) throws IOException {
    ScriptRun run = ScriptRun.start(Path.of("monolift"), folder, Map.of(), arguments);
    demo = run;
    return run;
  }

  /**
   * A shell's background job, which a build may be, has SIGINT ignored, and so have its children.
   */
  private static boolean interruptIsIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    var ignored = Pattern.compile("SigIgn:\\s*([0-9a-f]+)").matcher(Files.readString(status));
    return ignored.find()
        && (Long.parseUnsignedLong(ignored.group(1), 16) & (1 << (SIGINT - 1))) != 0;
  }
}
