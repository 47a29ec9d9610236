package dev.monolift.testcluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * A real control plane of this machine's own: etcd, kube-apiserver, kube-controller-manager and
 * kube-scheduler. Everything listens on addresses that only this machine has a way to, on ports
 * that were free, and ends with this JVM. {@link SimulatedCluster} and {@link NodeCluster} add
 * nodes.
 */
final class ControlPlane implements AutoCloseable {
  private static final int PORT_RACES = 3;

  private final Path bin;
  private final Path folder;
  private final String address;
  private final String token = Credentials.token();
  private final List<Program> programs = new ArrayList<>();
  private int port;

  /** Nothing runs yet. */
  ControlPlane(Path bin, Path folder, String address) {
    this.bin = bin;
    this.folder = folder;
    this.address = address;
  }

  /** Starts again when another process took a port between our choice and the program's use. */
  static <T> T withFreePorts(Supplier<T> start) {
    for (int attempt = 1; ; attempt++) {
      try {
        return start.get();
      } catch (ProgramDied e) {
        if (!e.lostItsPort() || attempt == PORT_RACES) {
          throw e;
        }
      }
    }
  }

  /**
   * Starts the programs and waits until the API server serves (seconds).
   *
   * @param others users beside those of the control plane itself
   * @throws IllegalStateException with the end of the log of the program that failed
   */
  void start(List<ApiUser> others) throws IOException {
    List<Integer> ports = freePorts();
    var flags = new ProgramFlags(folder, address);
    int store = ports.get(0);
    port = ports.get(2);
    var users =
        new ArrayList<>(List.of(ApiUser.ADMINISTRATOR, ApiUser.CONTROLLERS, ApiUser.SCHEDULER));
    users.addAll(others);
    Credentials.writeTokens(file("tokens.csv"), users, token);
    Credentials.writeServiceAccountKey(file("service-account.key"));
    Files.writeString(file("audit-policy.yaml"), ProgramFlags.AUDIT_POLICY);
    run("etcd", flags.etcd(store, ports.get(1)));
    run("kube-apiserver", flags.apiserver(port, store));
    // The API server makes its certificate first of all. The others know how to wait for the rest.
    var readiness = readiness();
    readiness.await("kube-apiserver", () -> Files.exists(file("certificates/apiserver.key")));
    kubeconfig(ApiUser.ADMINISTRATOR);
    Files.writeString(
        file("scheduler.yaml"), ProgramFlags.schedulerConfig(kubeconfig(ApiUser.SCHEDULER)));
    readiness.awaitServing(kubeconfig());
    run("kube-controller-manager", flags.controllerManager(kubeconfig(ApiUser.CONTROLLERS)));
    run("kube-scheduler", flags.scheduler());
  }

  /** Waits until the controllers work. */
  void awaitControllers() {
    readiness().awaitControllers(kubeconfig());
  }

  /** Starts one more program of the same build, which ends with the others. */
  void run(String program, List<String> arguments) throws IOException {
    run(program, List.of(), arguments);
  }

  /** Starts one more program by another one; see {@link #run(String, List)}. */
  void run(String program, List<String> prefix, List<String> arguments) throws IOException {
    programs.add(Program.start(folder, bin.resolve(program), prefix, arguments));
  }

  /** A wait that fails when one of the programs dies. */
  Readiness readiness() {
    return new Readiness(programs);
  }

  /** Writes a kubeconfig for a user whom {@link #start} was told. */
  Path kubeconfig(ApiUser user) throws IOException {
    return Credentials.writeKubeconfig(
        file(user.name().replace(':', '-') + ".kubeconfig"),
        "https://" + address + ":" + port,
        file("certificates/apiserver.crt"),
        user,
        token);
  }

  /** The administrator's kubeconfig. */
  Path kubeconfig() {
    return file(ApiUser.ADMINISTRATOR.name() + ".kubeconfig");
  }

  /** A program of the build. */
  Path program(String name) {
    return bin.resolve(name);
  }

  /** What the API server was asked so far. */
  Path auditLog() {
    return file("audit.log");
  }

  /** Where logs, data and credentials are. */
  Path folder() {
    return folder;
  }

  private Path file(String name) {
    return folder.resolve(name);
  }

  /**
   * Ports that are free now, two on loopback and one on the API server's address; chosen together,
   * so that none comes twice.
   */
  private List<Integer> freePorts() throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      for (var where : List.of(ProgramFlags.LOOPBACK, ProgramFlags.LOOPBACK, address)) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getByName(where)));
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }

  @Override
  public void close() {
    programs.reversed().forEach(Program::terminate);
    // Nothing is worth waiting for: the data goes with the folder.
    programs.reversed().forEach(program -> program.awaitEnd(Duration.ofSeconds(1)));
    WorkDirectory.remove(folder);
  }
}
