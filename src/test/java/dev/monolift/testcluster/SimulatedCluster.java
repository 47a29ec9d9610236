package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A control plane of this machine's own whose nodes KWOK plays. */
final class SimulatedCluster implements ClusterKind {
  private final ControlPlane plane;

  private SimulatedCluster(ControlPlane plane) {
    this.plane = plane;
  }

  /**
   * Builds the programs when they are not cached (minutes, once) and starts them (seconds).
   *
   * @throws IllegalStateException with the end of the log of the program that failed
   */
  static SimulatedCluster start() {
    Path bin = Path.of(Command.script("src/testcluster/build.sh"));
    return ControlPlane.withFreePorts(() -> start(bin));
  }

  private static SimulatedCluster start(Path bin) {
    try {
      var plane = new ControlPlane(bin, WorkDirectory.create(), ProgramFlags.LOOPBACK);
      try {
        plane.start(List.of(ApiUser.KWOK));
        plane.run(
            "kwok",
            ProgramFlags.kwok(bin.resolve("kwok-stages.yaml"), plane.kubeconfig(ApiUser.KWOK)));
        plane.awaitControllers();
        return new SimulatedCluster(plane);
      } catch (IOException | RuntimeException e) {
        plane.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the test control plane cannot be started", e);
    }
  }

  @Override
  public String description() {
    return "control plane built from Go modules, logs in " + plane.folder();
  }

  @Override
  public Path kubeconfig() {
    return plane.kubeconfig();
  }

  @Override
  public Path kubectl() {
    return plane.program("kubectl");
  }

  @Override
  public Optional<Path> auditLog() {
    return Optional.of(plane.auditLog());
  }

  @Override
  public boolean simulatesNodes() {
    return true;
  }

  /** No container really runs here. */
  @Override
  public void loadImage(Path archive) {
    throw new IllegalStateException("simulated nodes run no images; ask for a real node");
  }

  @Override
  public void close() {
    plane.close();
  }
}
