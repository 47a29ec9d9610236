package dev.monolift.testcluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster whose owner is another process, which a test may kill.
 *
 * @param owner the process
 * @param folder where the cluster's files are
 * @param programs every process of the cluster
 */
record HeldByAnother(Process owner, Path folder, List<ProcessHandle> programs) {
  /** Starts one; the arguments are those of {@link HeldCluster}. */
  static HeldByAnother start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Dbasedir=" + Command.inRepository(""),
                "-cp",
                System.getProperty("java.class.path"),
                HeldCluster.class.getName()));
    command.addAll(List.of(arguments));
    Process owner = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    Path folder = Path.of(firstLine(owner)).resolveSibling(".").normalize();
    return new HeldByAnother(owner, folder, owner.descendants().toList());
  }

  private static String firstLine(Process process) throws IOException {
    var reader =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line = reader.readLine();
    if (line == null) {
      throw new AssertionError("the owner printed no kubeconfig");
    }
    return line;
  }
}
