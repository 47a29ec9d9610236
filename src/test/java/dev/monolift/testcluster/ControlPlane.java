package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A real control plane of this machine's own: etcd, kube-apiserver, kube-controller-manager,
 * kube-scheduler, and KWOK, which plays the nodes. Everything listens on loopback, on ports that
 * were free, and ends with this JVM.
 */
final class ControlPlane implements ClusterKind {
  private static final int PORT_RACES = 3;
  private static final String ADMINISTRATOR = "administrator";
  private static final String CONTROLLERS = "system:kube-controller-manager";
  private static final String SCHEDULER = "system:kube-scheduler";
  private static final String KWOK = "kwok";

  private final Path bin;
  private final Path folder;
  private final String token = Credentials.token();
  private final List<Program> programs = new ArrayList<>();

  private ControlPlane(Path bin, Path folder) {
    this.bin = bin;
    this.folder = folder;
  }

  /**
   * Builds the programs when they are not cached (minutes, once) and starts them (seconds).
   *
   * @throws IllegalStateException with the end of the log of the program that failed
   */
  static ControlPlane start() {
    Path bin = Path.of(Command.output("sh", Command.inRepository("src/testcluster/build.sh") + ""));
    for (int attempt = 1; ; attempt++) {
      try {
        return start(bin);
      } catch (ProgramDied e) {
        if (!e.lostItsPort() || attempt == PORT_RACES) {
          throw e;
        }
      } catch (IOException e) {
        throw new UncheckedIOException("the test control plane cannot be started", e);
      }
    }
  }

  private static ControlPlane start(Path bin) throws IOException {
    var plane = new ControlPlane(bin, WorkDirectory.create());
    try {
      plane.startPrograms();
      return plane;
    } catch (IOException | RuntimeException e) {
      plane.close();
      throw e;
    }
  }

  private void startPrograms() throws IOException {
    List<Integer> ports = freePorts(3);
    var flags = new ProgramFlags(folder);
    int store = ports.get(0);
    int api = ports.get(2);
    Credentials.writeTokens(
        file("tokens.csv"), List.of(ADMINISTRATOR, CONTROLLERS, SCHEDULER, KWOK), token);
    Credentials.writeServiceAccountKey(file("service-account.key"));
    Files.writeString(file("audit-policy.yaml"), ProgramFlags.AUDIT_POLICY);
    run("etcd", flags.etcd(store, ports.get(1)));
    run("kube-apiserver", flags.apiserver(api, store));
    // The API server makes its certificate first of all. The others know how to wait for the rest.
    var readiness = new Readiness(programs);
    readiness.await("kube-apiserver", () -> Files.exists(file("certificates/apiserver.key")));
    kubeconfig(ADMINISTRATOR, api);
    Files.writeString(
        file("scheduler.yaml"), ProgramFlags.schedulerConfig(kubeconfig(SCHEDULER, api)));
    readiness.awaitServing(kubeconfig());
    run("kube-controller-manager", flags.controllerManager(kubeconfig(CONTROLLERS, api)));
    run("kube-scheduler", flags.scheduler());
    run("kwok", flags.kwok(bin.resolve("kwok-stages.yaml"), kubeconfig(KWOK, api)));
    readiness.awaitControllers(kubeconfig());
  }

  private void run(String program, List<String> arguments) throws IOException {
    programs.add(Program.start(folder, bin.resolve(program), arguments));
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  private Path kubeconfig(String user, int port) throws IOException {
    return Credentials.writeKubeconfig(
        file(user.replace(':', '-') + ".kubeconfig"),
        port,
        file("certificates/apiserver.crt"),
        user,
        token);
  }

  /** Ports that are free now; they are chosen together, so that none comes twice. */
  private static List<Integer> freePorts(int count) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (int i = 0; i < count; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Override
  public String description() {
    return "control plane built from Go modules, logs in " + folder;
  }

  @Override
  public Path kubeconfig() {
    return file(ADMINISTRATOR + ".kubeconfig");
  }

  @Override
  public Path kubectl() {
    return bin.resolve("kubectl");
  }

  @Override
  public Optional<Path> auditLog() {
    return Optional.of(file("audit.log"));
  }

  @Override
  public boolean simulatesNodes() {
    return true;
  }

  @Override
  public void close() {
    programs.reversed().forEach(Program::terminate);
    // Nothing is worth waiting for: the data goes with the folder.
    programs.reversed().forEach(program -> program.awaitEnd(Duration.ofSeconds(1)));
    WorkDirectory.remove(folder);
  }
}
