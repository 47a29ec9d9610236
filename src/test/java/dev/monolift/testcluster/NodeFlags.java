package dev.monolift.testcluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Configuration of the programs of a real node. The paths are those that the programs have
 * everywhere: the namespaces have directories of their own there.
 *
 * @param folder where the files are written
 * @param namespaces what the node lives in
 */
record NodeFlags(Path folder, NodeNamespaces namespaces) {
  static final String NODE = "node-0";
  static final String PAUSE = "pause";

  /** Search domains of a node as a company might have it. */
  static final String SEARCH = "dc1.corp.example corp.example";

  /** Where containerd listens, inside. */
  static final String SOCKET = "/run/containerd/containerd.sock";

  List<String> containerd() throws IOException {
    write(
        "cni/10-pods.conflist",
        """
        {
          "cniVersion": "1.0.0",
          "name": "pods",
          "plugins": [{
            "type": "ptp",
            "ipMasq": false,
            "ipam": {
              "type": "host-local",
              "dataDir": "/run/cni",
              "ranges": [[{"subnet": "%s"}]],
              "routes": [{"dst": "0.0.0.0/0"}]
            }
          }]
        }
        """
            .formatted(namespaces.podRange()));
    return List.of(
        "--config="
            + write(
                "containerd.toml",
                """
                version = 3
                root = "/var/lib/containerd"
                state = "/run/containerd"
                disabled_plugins = [
                  "io.containerd.nri.v1.nri",
                  "io.containerd.tracing.processor.v1.otlp",
                  "io.containerd.internal.v1.tracing",
                  "io.containerd.snapshotter.v1.blockfile",
                  "io.containerd.snapshotter.v1.erofs",
                  "io.containerd.differ.v1.erofs",
                ]
                [grpc]
                address = "%s"
                [plugins."io.containerd.cri.v1.images".pinned_images]
                sandbox = "%s"
                [plugins."io.containerd.cri.v1.runtime"]
                disable_apparmor = true
                # without CAP_SYS_RESOURCE nobody may lower it
                restrict_oom_score_adj = true
                [plugins."io.containerd.cri.v1.runtime".cni]
                bin_dirs = ["/usr/lib/cni"]
                conf_dir = "%s"
                [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
                runtime_type = "io.containerd.runc.v2"
                [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
                BinaryName = "runc"
                SystemdCgroup = false
                """
                    .formatted(SOCKET, TestImages.reference(PAUSE), folder.resolve("cni"))));
  }

  List<String> kubelet(Path kubeconfig) throws IOException {
    // kubelet appends the search domains to those of every pod
    Path resolver =
        write(
            "resolv.conf",
            "nameserver %s\nsearch %s\n".formatted(namespaces.nodeAddress(), SEARCH));
    Path config =
        write(
            "kubelet.yaml",
            """
            apiVersion: kubelet.config.k8s.io/v1beta1
            kind: KubeletConfiguration
            containerRuntimeEndpoint: unix://%s
            cgroupDriver: cgroupfs
            cgroupRoot: %s
            failCgroupV1: false
            failSwapOn: false
            clusterDomain: cluster.local
            clusterDNS: [%s]
            resolvConf: %s
            # nobody but this machine and the pods of tests has a way to this port
            authentication:
              anonymous: {enabled: true}
              webhook: {enabled: false}
            authorization: {mode: AlwaysAllow}
            # images cannot be pulled again, and a full disk is not the tests' subject
            imageGCHighThresholdPercent: 100
            imageGCLowThresholdPercent: 99
            evictionHard: {memory.available: 100Mi}
            registryPullQPS: 0
            maxPods: 200
            podPidsLimit: -1
            shutdownGracePeriod: 0s
            """
                .formatted(SOCKET, namespaces.cgroup(), namespaces.nodeAddress(), resolver));
    return List.of(
        "--config=" + config,
        "--kubeconfig=" + kubeconfig,
        "--hostname-override=" + NODE,
        "--node-ip=" + namespaces.nodeAddress());
  }

  List<String> proxy(Path kubeconfig) throws IOException {
    return List.of(
        "--config="
            + write(
                "kube-proxy.yaml",
                """
                apiVersion: kubeproxy.config.k8s.io/v1alpha1
                kind: KubeProxyConfiguration
                mode: nftables
                clusterCIDR: %s
                hostnameOverride: %s
                clientConnection: {kubeconfig: %s}
                metricsBindAddress: 127.0.0.1:10249
                healthzBindAddress: 127.0.0.1:10256
                # these are settings of the whole machine
                conntrack: {maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s}
                """
                    .formatted(namespaces.podRange(), NODE, kubeconfig)));
  }

  List<String> dns(Path kubeconfig) throws IOException {
    // Every name that no other zone has: no such name. Without it the answer would be a failure.
    write("zones/db.root", "@ 60 IN SOA ns. nobody. 1 60 60 60 60\n@ 60 IN NS ns.\n");
    Path zone = write("zones/db." + DnsNames.ZONE, DnsNames.zone(List.of()));
    return List.of(
        "-conf="
            + write(
                "Corefile",
                """
                .:53 {
                  bind %s
                  errors
                  log . "query {type} {name} {rcode} {remote}"
                  kubernetes cluster.local in-addr.arpa {
                    kubeconfig %s
                  }
                  file %s %s {
                    reload 1s
                  }
                  file %s .
                }
                """
                    .formatted(
                        namespaces.nodeAddress(),
                        kubeconfig,
                        zone,
                        DnsNames.ZONE,
                        folder.resolve("zones/db.root"))));
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
