package dev.monolift.install;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The ServiceAccount of a pod as its container sees it.
 *
 * @param namespace namespace of the pod
 * @param token its credential
 * @param certificate certificate of the API server's authority, PEM
 */
record PodAccount(String namespace, String token, String certificate) {

  /** Writes the files that the kubelet mounts. */
  void write(Path root) throws IOException {
    Path folder =
        Files.createDirectories(root.resolve("var/run/secrets/kubernetes.io/serviceaccount"));
    Files.writeString(folder.resolve("namespace"), namespace);
    Files.writeString(folder.resolve("token"), token);
    Files.writeString(folder.resolve("ca.crt"), certificate);
  }
}
