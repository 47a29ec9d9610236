package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * One folder per case: {@code in-*.yaml} are given to the command, with the options of {@code
 * arguments.txt}; standard output is in a file of its own, {@code err.txt} has standard error and
 * the exit code.
 *
 * @param test name of the test, and of the folder with the cases
 * @param command the command
 * @param out name of the file with standard output
 */
record CommandCases(String test, String command, String out) {

  /** The folder of a case. */
  Path folder(String name) {
    return folders().resolve(name);
  }

  /** The folders of all cases. */
  Stream<Path> stream() throws IOException {
    return list(folders()).stream();
  }

  /** Runs the command in a folder and compares what it says; stable makes standard output so. */
  void check(Path folder, UnaryOperator<String> stable) throws IOException {
    var arguments = new ArrayList<>(List.of(command));
    Path options = folder.resolve("arguments.txt");
    if (Files.exists(options)) {
      arguments.addAll(Files.readAllLines(options));
    }
    for (Path file : list(folder)) {
      if (name(file).startsWith("in-")) {
        arguments.addAll(List.of("-f", file.toString()));
      }
    }
    CommandRun run = CommandRun.of(arguments.toArray(String[]::new));
    String err = run.err().replace(folder + "/", "") + "exit code " + run.exitCode() + "\n";
    String update = "mvn -q test -Dtest=" + test + " -Dgolden.update";
    GoldenFile.check(folder.resolve(out), stable.apply(run.out()), update);
    GoldenFile.check(folder.resolve("err.txt"), err, update);
  }

  /** Fails when a folder has a file that no run looks at. */
  void checkNoFileIsUnused() throws IOException {
    for (Path folder : list(folders())) {
      assertThat(list(folder))
          .allMatch(
              file ->
                  name(file).matches("in-.*\\.yaml|err\\.txt|arguments\\.txt")
                      || name(file).equals(out));
    }
  }

  private Path folders() {
    return Path.of("src/test/resources", test);
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }
}
