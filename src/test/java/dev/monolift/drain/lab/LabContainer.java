package dev.monolift.drain.lab;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.monolift.api.v1alpha1.DrainSpec.Program;
import dev.monolift.drain.DrainReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A container, as far as processes go: PID and mount namespaces, and a kubelet that stops it. */
final class LabContainer implements AutoCloseable {
  private static final Path FIXTURES = Path.of("src", "test", "container").toAbsolutePath();
  private static final Path DRAIN = Path.of("src", "main", "container", "drain.sh");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What kubelet gives after a preStop that took all the time. */
  private static final long LEAST_MILLIS = 2000;

  /** In the namespaces: $1 the shell, $2 the place; the rest is the command. */
  private static final String ENTER =
      """
      mount --bind "$1" /bin/sh || exit 1
      place=$2; shift 2
      case $place in
        RESTRICTED) mknod --mode=666 "$LAB/null" c 1 3 || exit 1
          mount --bind "$LAB/null" /dev/null && mount --bind "$LAB" "$LAB" || exit 1
          mount -o remount,bind,ro / || exit 1
          exec setpriv --reuid 65534 --regid 65534 --clear-groups "$@" ;;
        SHARED) mount -t proc proc /proc || exit 1 ;;
      esac
      exec "$@"
      """;

  /** nsenter stops itself when its child is stopped; a shell in between does not. */
  private static final String BEHIND = "\"$@\" & wait $!";

  private final Setup setup;
  private final Path lab;
  private final Process process;
  private final @Nullable Process pause;
  private final long first;

  private LabContainer(Setup setup, Path lab, Process process, @Nullable Process pause) {
    this.setup = setup;
    this.lab = lab;
    this.process = process;
    this.pause = pause;
    this.first =
        pause == null
            ? Processes.childOf(process.toHandle())
            : Processes.child(process.toHandle()).map(Processes::childOf).orElse(Processes.GONE);
  }

  /**
   * Starts a container.
   *
   * @param setup which
   * @return it; its processes may still be coming up
   */
  static LabContainer start(Setup setup) throws IOException {
    Path lab = Files.createTempDirectory("monolift-lab");
    Files.setPosixFilePermissions(lab, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (var files = Files.list(FIXTURES)) {
      for (Path file : files.toList()) {
        Files.copy(file, lab.resolve(file.getFileName()));
      }
    }
    Files.copy(DRAIN, lab.resolve("drain.sh"));
    var command = new ArrayList<String>();
    Process pause = null;
    if (setup.place() == Setup.Place.SHARED) {
      pause = startPause(lab);
      command.addAll(
          List.of(
              "nsenter", "--target", "" + Processes.childOf(pause.toHandle()), "--pid", "--mount"));
      command.addAll(List.of("sh", "-c", BEHIND, "behind", "unshare", "--mount"));
    } else {
      command.addAll(List.of("unshare", "--mount", "--fork", "--pid", "--mount-proc"));
      command.add("--kill-child");
    }
    command.addAll(List.of("/usr/bin/dash", "-c", ENTER, "enter", setup.shell().program()));
    command.add(setup.place().name());
    if (setup.role() == Program.Wrap) {
      command.addAll(drain(setup, lab, "wrap"));
    }
    setup.command().forEach(word -> command.add(filled(word, lab)));
    return new LabContainer(setup, lab, run(lab, command), pause);
  }

  /** The pod's own process, when its containers share one PID namespace. */
  private static Process startPause(Path lab) throws IOException {
    Path program = Files.copy(Path.of("/usr/bin/sleep"), lab.resolve("pause"));
    return run(
        lab,
        List.of(
            "unshare",
            "--fork",
            "--pid",
            "--mount-proc",
            "--kill-child",
            program.toString(),
            "infinity"));
  }

  private static List<String> drain(Setup setup, Path lab, String role) {
    var command = new ArrayList<>(List.of("/bin/sh", lab.resolve("drain.sh").toString(), role));
    command.addAll(List.of("--grace", "" + setup.grace()));
    command.addAll(List.of("--report", lab.resolve("report").toString()));
    setup.flags().forEach(word -> command.add(filled(word, lab)));
    command.add("--");
    return command;
  }

  private static String filled(String word, Path lab) {
    return word.replace("@WORKER", "php @LAB/worker.php").replace("@LAB", lab.toString());
  }

  /** A container starts with the default of every signal, whatever this test was started with. */
  private static Process run(Path lab, List<String> command) throws IOException {
    var all = new ArrayList<>(List.of("/usr/bin/env", "--default-signal"));
    all.addAll(command);
    var builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(lab.resolve("output").toFile()));
    builder.environment().put("LAB", lab.toString());
    return builder.start();
  }

  /** The container's folder. */
  Path folder() {
    return lab;
  }

  /** The first process, as the host sees it. */
  long first() {
    return first;
  }

  /** Waits until the worker has noted something. */
  LabContainer until(Predicate<Notes> isSo) {
    await()
        .atMost(Processes.PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .alias("a note of the worker in " + lab)
        .until(() -> isSo.test(Notes.read(lab)) || !process.isAlive());
    return this;
  }

  /** Waits until the first process has a trap for a signal; before that the kernel drops it. */
  void untilItCatches(int number) {
    await()
        .atMost(Processes.PATIENCE)
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !process.isAlive() || (caught() >> (number - 1) & 1) == 1);
  }

  private long caught() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/" + first + "/status"))) {
      return lines
          .filter(line -> line.startsWith("SigCgt:"))
          .mapToLong(line -> Long.parseUnsignedLong(line.split("\\s+", -1)[1], 16))
          .sum();
    }
  }

  /** Starts a process of another container of the same pod. */
  Process beside(String... command) throws IOException {
    var all = new ArrayList<String>();
    long shared = Processes.childOf(Objects.requireNonNull(pause).toHandle());
    all.addAll(List.of("nsenter", "--target", "" + shared, "--pid", "--mount"));
    all.addAll(List.of("unshare", "--mount", "--mount-proc"));
    all.addAll(List.of(command));
    Process other = run(lab, all);
    Processes.childOf(other.toHandle());
    return other;
  }

  /**
   * Takes the processor from its first process until it is asked to stop, as a busy machine does.
   */
  void freeze() throws IOException, InterruptedException {
    Processes.signal("STOP", first);
  }

  /** How many of its processes are dead and not reaped. */
  long zombies() {
    return process
        .descendants()
        .filter(child -> Processes.state(child.pid()).contains(") Z "))
        .count();
  }

  /** Waits until it ends without being asked. */
  Outcome untilEnd() throws IOException, InterruptedException {
    if (!process.waitFor(Processes.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("did not end: " + lab);
    }
    return outcome(System.currentTimeMillis(), false);
  }

  /** Stops it as kubelet does: preStop, signal, and SIGKILL when the grace is over. */
  Outcome stop() throws IOException, InterruptedException {
    return stop(0);
  }

  /**
   * Stops it as kubelet does.
   *
   * @param again how often the signal is sent once more, half a second apart
   */
  Outcome stop(int again) throws IOException, InterruptedException {
    long asked = System.currentTimeMillis();
    long end = asked + setup.grace() * 1000L;
    if (setup.role() == Program.Hook) {
      hook(end);
    }
    end = Math.max(end, System.currentTimeMillis() + (isOver(end) ? LEAST_MILLIS : 0));
    Processes.signal(setup.stopSignal(), first);
    Processes.signal("CONT", first);
    for (int i = 0; i < again && !waitFor(System.currentTimeMillis() + 500); i++) {
      Processes.signal(setup.stopSignal(), first);
    }
    boolean wasKilled = !waitFor(end);
    if (wasKilled) {
      Processes.signal("KILL", first);
      Processes.end(process);
    }
    return outcome(asked, wasKilled);
  }

  private void hook(long end) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.addAll(List.of("nsenter", "--target", "" + first, "--pid", "--mount"));
    if (setup.place() == Setup.Place.RESTRICTED) {
      command.addAll(List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"));
    }
    command.addAll(drain(setup, lab, "hook"));
    setup.preStop().forEach(word -> command.add(filled(word, lab)));
    var hook = run(lab, command);
    if (!hook.waitFor(Math.max(0, end - System.currentTimeMillis()), TimeUnit.MILLISECONDS)) {
      hook.descendants().forEach(ProcessHandle::destroyForcibly);
      hook.destroyForcibly().waitFor();
    }
  }

  private static boolean isOver(long end) {
    return System.currentTimeMillis() >= end;
  }

  private boolean waitFor(long until) throws InterruptedException {
    return process.waitFor(Math.max(0, until - System.currentTimeMillis()), TimeUnit.MILLISECONDS);
  }

  private Outcome outcome(long asked, boolean wasKilled) throws IOException {
    Path file = lab.resolve("report");
    String text = Files.exists(file) ? Files.readString(file) : "";
    if (text.length() > 4096 || text.strip().contains("\n")) {
      throw new IllegalStateException("not one line of at most 4096 bytes: " + text);
    }
    return new Outcome(
        wasKilled ? 137 : process.exitValue(),
        wasKilled,
        System.currentTimeMillis() - asked,
        asked,
        text.isBlank() ? null : JSON.readValue(text, DrainReport.class),
        Notes.read(lab),
        Files.readString(lab.resolve("output")));
  }

  @Override
  public void close() throws IOException {
    try {
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Processes.delete(lab);
  }

  private void kill() throws IOException, InterruptedException {
    Processes.signal("KILL", first);
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    Processes.end(process.destroyForcibly());
    if (pause != null) {
      pause.children().forEach(ProcessHandle::destroyForcibly);
      Processes.end(pause.destroyForcibly());
    }
  }
}
