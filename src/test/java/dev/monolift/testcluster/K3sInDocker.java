package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** K3s in a container, by Testcontainers: one real node, kubectl from the PATH. */
final class K3sInDocker implements ClusterKind {
  private static final DockerImageName IMAGE = DockerImageName.parse("rancher/k3s:v1.36.1-k3s1");
  private static final String POLICY = "/etc/audit-policy.yaml";
  private static final String LOG = "/var/log/audit.log";

  private final K3sContainer container;
  private final Path folder;

  private K3sInDocker(K3sContainer container, Path folder) {
    this.container = container;
    this.folder = folder;
  }

  /** Starts the container; Testcontainers removes it when this JVM ends, however it ends. */
  @SuppressWarnings("resource") // withX returns the container itself
  static K3sInDocker start() {
    try {
      Path folder = WorkDirectory.create();
      var container =
          new K3sContainer(IMAGE)
              .withCopyToContainer(Transferable.of(ProgramFlags.AUDIT_POLICY), POLICY)
              .withCommand(
                  "server",
                  "--disable=traefik",
                  "--kube-apiserver-arg=audit-policy-file=" + POLICY,
                  "--kube-apiserver-arg=audit-log-path=" + LOG);
      container.start();
      Files.writeString(folder.resolve("kubeconfig"), container.getKubeConfigYaml());
      return new K3sInDocker(container, folder);
    } catch (IOException e) {
      throw new UncheckedIOException("the kubeconfig of K3s cannot be written", e);
    }
  }

  @Override
  public String description() {
    return "K3s in Docker (" + IMAGE + ")";
  }

  @Override
  public Path kubeconfig() {
    return folder.resolve("kubeconfig");
  }

  @Override
  public Path kubectl() {
    return Path.of("kubectl");
  }

  /** A copy of the log as it is now. */
  @Override
  public Optional<Path> auditLog() {
    Path copy = folder.resolve("audit.log");
    container.copyFileFromContainer(LOG, copy.toString());
    return Optional.of(copy);
  }

  @Override
  public boolean simulatesNodes() {
    return false;
  }

  @Override
  public void loadImage(Path archive) {
    String inside = "/tmp/" + archive.getFileName();
    container.copyFileToContainer(MountableFile.forHostPath(archive), inside);
    try {
      var result =
          container.execInContainer("ctr", "--namespace=k8s.io", "images", "import", inside);
      if (result.getExitCode() != 0) {
        throw new IllegalStateException(archive + " cannot be loaded: " + result.getStderr());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(archive + " cannot be loaded", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while an image was loaded", e);
    }
  }

  @Override
  public void close() {
    container.stop();
    WorkDirectory.remove(folder);
  }
}
