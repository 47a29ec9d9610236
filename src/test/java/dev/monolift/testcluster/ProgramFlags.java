package dev.monolift.testcluster;

import java.nio.file.Path;
import java.util.List;

/**
 * The command lines of the control plane's programs: like a cluster's, but with short waits, and
 * without what only an installation that lives long needs.
 *
 * @param folder where data, logs and credentials are
 * @param address the API server's, an address of this machine
 */
record ProgramFlags(Path folder, String address) {
  /** Nobody but this machine has a way to it. */
  static final String LOOPBACK = "127.0.0.1";

  /**
   * Every request once, with who, what and the answer's code. The operator's patches of pods in
   * full: they are few, and start programs.
   */
  static final String AUDIT_POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules:
      - level: RequestResponse
        users: ["system:serviceaccount:monolift-system:monolift"]
        verbs: [patch]
        resources: [{group: "", resources: [pods]}]
        omitManagedFields: true
      - level: Metadata
      """;

  List<String> etcd(int client, int peer) {
    return List.of(
        "--data-dir=" + folder.resolve("etcd"),
        "--unsafe-no-fsync",
        "--log-level=warn",
        "--listen-client-urls=http://127.0.0.1:" + client,
        "--advertise-client-urls=http://127.0.0.1:" + client,
        "--listen-peer-urls=http://127.0.0.1:" + peer,
        "--initial-advertise-peer-urls=http://127.0.0.1:" + peer,
        "--initial-cluster=default=http://127.0.0.1:" + peer);
  }

  List<String> apiserver(int port, int store) {
    return List.of(
        "--etcd-servers=http://127.0.0.1:" + store,
        "--bind-address=" + address,
        "--advertise-address=" + address,
        "--secure-port=" + port,
        "--cert-dir=" + folder.resolve("certificates"),
        "--token-auth-file=" + folder.resolve("tokens.csv"),
        "--authorization-mode=Node,RBAC",
        // stricter than most clusters: blockOwnerDeletion needs the right to set finalizers
        "--enable-admission-plugins=OwnerReferencesPermissionEnforcement",
        "--service-account-issuer=https://kubernetes.default.svc",
        "--service-account-key-file=" + folder.resolve("service-account.key"),
        "--service-account-signing-key-file=" + folder.resolve("service-account.key"),
        "--service-cluster-ip-range=10.96.0.0/16",
        "--kubelet-preferred-address-types=InternalIP,Hostname",
        "--allow-privileged",
        // pods can use every address but loopback
        "--endpoint-reconciler-type=" + (address.equals(LOOPBACK) ? "none" : "lease"),
        "--audit-policy-file=" + folder.resolve("audit-policy.yaml"),
        "--audit-log-path=" + folder.resolve("audit.log"),
        // one file without rotation: the log is a witness
        "--audit-log-maxsize=4096");
  }

  List<String> controllerManager(Path kubeconfig) {
    return List.of(
        "--kubeconfig=" + kubeconfig,
        "--leader-elect=false",
        "--secure-port=0",
        "--kube-api-qps=500",
        "--kube-api-burst=1000",
        "--service-account-private-key-file=" + folder.resolve("service-account.key"),
        "--root-ca-file=" + folder.resolve("certificates/apiserver.crt"),
        "--horizontal-pod-autoscaler-sync-period=1s",
        "--horizontal-pod-autoscaler-downscale-stabilization=1s",
        "--horizontal-pod-autoscaler-initial-readiness-delay=1s",
        "--horizontal-pod-autoscaler-cpu-initialization-period=1s");
  }

  /** How simulated pods end. */
  private static final Path POD_END = Path.of("src/testcluster/kwok/pod-end.yaml");

  static List<String> kwok(Path stages, Path kubeconfig) {
    return List.of(
        "--kubeconfig=" + kubeconfig,
        "--config=" + stages,
        "--config=" + POD_END.toAbsolutePath(),
        "--manage-nodes-with-annotation-selector=" + SimulatedNodes.ANNOTATION + "=fake",
        "--node-lease-duration-seconds=40");
  }

  List<String> scheduler() {
    return List.of("--config=" + folder.resolve("scheduler.yaml"), "--secure-port=0");
  }

  static String schedulerConfig(Path kubeconfig) {
    return """
    apiVersion: kubescheduler.config.k8s.io/v1
    kind: KubeSchedulerConfiguration
    clientConnection:
      kubeconfig: %s
      qps: 500
      burst: 1000
    leaderElection:
      leaderElect: false
    podInitialBackoffSeconds: 1
    podMaxBackoffSeconds: 1
    """
        .formatted(kubeconfig);
  }
}
