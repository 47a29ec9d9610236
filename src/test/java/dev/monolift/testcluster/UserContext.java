package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A cluster of the user's own, by the name of a kubeconfig context. */
final class UserContext implements ClusterKind {
  private final String context;
  private final Path folder;

  private UserContext(String context, Path folder) {
    this.context = context;
    this.folder = folder;
  }

  /** Copies this one context, so that nothing can slip to another cluster in the same file. */
  static UserContext open(String context) {
    try {
      String kubeconfig =
          Command.output(
              "kubectl", "config", "view", "--minify", "--flatten", "--context=" + context);
      Path folder = WorkDirectory.create();
      Files.writeString(folder.resolve("kubeconfig"), kubeconfig);
      return new UserContext(context, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the context " + context + " cannot be copied", e);
    }
  }

  @Override
  public String description() {
    return "context " + context + " of your kubeconfig";
  }

  @Override
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  @Override
  public Path kubectl() {
    return Path.of("kubectl");
  }

  @Override
  public Optional<Path> auditLog() {
    return Optional.empty();
  }

  @Override
  public boolean simulatesNodes() {
    return false;
  }

  /** Only its owner knows how images get there. */
  @Override
  public void loadImage(Path archive) {
    throw new IllegalStateException("images cannot be brought to the nodes of context " + context);
  }

  @Override
  public void close() {
    WorkDirectory.remove(folder);
  }
}
