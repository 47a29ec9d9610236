package dev.monolift.node;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The pods of a worker, written down as people do.
 *
 * @param image image of the program
 * @param field {@code command}, or {@code args} for what the image's entrypoint gets
 * @param words the words of that field
 * @param env variables of the program
 * @param container further lines of the container
 * @param pod further lines of the pod
 */
record WorkerPod(
    String image,
    String field,
    List<String> words,
    Map<String, String> env,
    String container,
    String pod) {
  /** Name of the ConfigMap with the programs. */
  static final String PROGRAMS = "programs";

  /** Name of the program's container. */
  static final String CONTAINER = "php";

  /** Where containers have the programs. */
  static final String FOLDER = "/work";

  WorkerPod {
    words = List.copyOf(words);
    env = Map.copyOf(env);
  }

  /** A pod with a command and nothing else. */
  static WorkerPod of(String image, String... command) {
    return new WorkerPod(image, "command", List.of(command), Map.of(), "", "");
  }

  WorkerPod withEnv(Map<String, String> variables) {
    return new WorkerPod(image, field, words, variables, container, pod);
  }

  /** With one more variable. */
  WorkerPod with(String variable, String value) {
    var variables = new TreeMap<>(env);
    variables.put(variable, value);
    return withEnv(variables);
  }

  /** The same words for the entrypoint of the image: what a Hook is for. */
  WorkerPod withoutCommand() {
    return new WorkerPod(image, "args", words, env, container, pod);
  }

  WorkerPod withContainer(String lines) {
    return new WorkerPod(image, field, words, env, lines, pod);
  }

  WorkerPod withPod(String lines) {
    return new WorkerPod(image, field, words, env, container, lines);
  }

  /** The PodSpec. */
  String spec(SharedFolder folder) {
    return """
    enableServiceLinks: false
    automountServiceAccountToken: false
    volumes:
    - {name: programs, configMap: {name: %s}}
    - %s
    containers:
    - name: php
      image: %s
      imagePullPolicy: IfNotPresent
      %s: %s
      env: %s
      volumeMounts:
      - {name: programs, mountPath: %s}
      - {name: notes, mountPath: %s}
    """
            .formatted(
                PROGRAMS,
                folder.volume(),
                image,
                field,
                Serialization.asJson(words),
                Serialization.asJson(
                    env.entrySet().stream()
                        .map(e -> Map.of("name", e.getKey(), "value", e.getValue()))
                        .toList()),
                FOLDER,
                SharedFolder.PATH)
        + container.indent(2)
        + pod;
  }
}
