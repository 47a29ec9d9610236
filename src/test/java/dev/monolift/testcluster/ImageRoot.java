package dev.monolift.testcluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The unpacked root file system of an image. Programs of it run without a container engine: behind
 * chroot, in mount, PID and network namespaces of their own, which end with them.
 *
 * @param folder where it is
 */
record ImageRoot(Path folder) {
  /** Seconds that {@link #run} waits. */
  private static final String PATIENCE = "180";

  /** In the namespaces: $1 the root; the rest is the command. */
  private static final String ENTER =
      """
      root=$1; shift
      ip link set lo up || exit 1
      if [ -d "$root/dev" ]; then
        mount --rbind /dev "$root/dev" && mount -t proc proc "$root/proc" || exit 1
      fi
      exec chroot "$root" "$@"
      """;

  /**
   * Runs a shell script of some lines with the image's own {@code /bin/sh}.
   *
   * @param script what to run; the first failure ends it
   * @return what it printed on both outputs, without the last line break
   * @throws IllegalStateException when it fails; the message has what it printed
   */
  String sh(String script) {
    return run("/bin/sh", "-euc", script);
  }

  /**
   * Runs a program to its end, see {@link #sh}.
   *
   * @param command program and arguments
   */
  String run(String... command) {
    try {
      Process process = in(List.of("timeout", "--signal=KILL", PATIENCE), List.of(command));
      process.getOutputStream().close();
      String output =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      int code = process.waitFor();
      if (code != 0) {
        throw new IllegalStateException(
            String.join(" ", command) + ": exit code " + code + "\n" + output);
      }
      return output;
    } catch (IOException e) {
      throw new IllegalStateException("unshare cannot be run (Debian package util-linux)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /**
   * Starts a program as the first of its PID namespace.
   *
   * @param command program and arguments
   * @return the process around it; when it ends, so does everything in there
   */
  Process start(List<String> command) throws IOException {
    return in(List.of(), command);
  }

  private Process in(List<String> before, List<String> command) throws IOException {
    var all = new ArrayList<>(before);
    all.add("unshare");
    if ((int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") != 0) {
      all.add("--map-root-user");
    }
    all.addAll(List.of("--mount", "--net", "--pid", "--fork", "--kill-child"));
    all.addAll(List.of("sh", "-c", ENTER, "enter", folder.toString()));
    all.addAll(command);
    var builder = new ProcessBuilder(all).redirectErrorStream(true);
    builder.environment().clear();
    builder
        .environment()
        .put("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    return builder.start();
  }
}
