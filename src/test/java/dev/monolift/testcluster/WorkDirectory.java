package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;

/**
 * The folder of one running cluster: data, logs, credentials. Its name begins with the process id
 * of its owner, so that a later run can tell what a killed one left behind.
 */
final class WorkDirectory {
  private WorkDirectory() {}

  /** Creates a folder, readable by this user only, after removing those of processes now gone. */
  static Path create() throws IOException {
    Path runs = cache().resolve("run");
    Files.createDirectories(runs);
    removeAbandoned(runs);
    return Files.createTempDirectory(
        runs,
        ProcessHandle.current().pid() + "-",
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private static Path cache() {
    return Optional.ofNullable(System.getenv("MONOLIFT_CACHE"))
        .map(Path::of)
        .orElseGet(
            () ->
                Optional.ofNullable(System.getenv("XDG_CACHE_HOME"))
                    .map(Path::of)
                    .orElseGet(() -> Path.of(System.getProperty("user.home"), ".cache"))
                    .resolve("monolift"))
        .resolve("testcluster");
  }

  private static void removeAbandoned(Path runs) throws IOException {
    try (var folders = Files.list(runs)) {
      folders.filter(WorkDirectory::isAbandoned).forEach(WorkDirectory::remove);
    }
  }

  private static boolean isAbandoned(Path folder) {
    String owner = folder.getFileName().toString().replaceFirst("-.*", "");
    return owner.matches("\\d+") && ProcessHandle.of(Long.parseLong(owner)).isEmpty();
  }

  /**
   * Removes a folder with all that is in it. A program that is just being killed may still write,
   * and another run may be removing the same folder: what stays goes the next time.
   */
  static void remove(Path folder) {
    try (var paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("testcluster: could not remove " + folder + " now: " + e);
    }
  }
}
