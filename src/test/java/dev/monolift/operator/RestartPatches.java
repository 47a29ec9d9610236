package dev.monolift.operator;

import java.util.List;

/** JSON merge patches of a Deployment, that of a daily restart and others. */
final class RestartPatches {
  private RestartPatches() {}

  /** Sets when the pods were restarted; the value is JSON. */
  static String restartedAt(String value) {
    return pods(
        "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":" + value + "}}}");
  }

  private static String pods(String template) {
    return "{\"spec\":{\"template\":" + template + "}}";
  }

  /** Concerns no pod. */
  static String label() {
    return "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}";
  }

  /** Everything that is not a restart. */
  static List<String> forbidden() {
    String now = "\"2026-04-04T04:04:04Z\"";
    return List.of(
        label(),
        "{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}",
        "{\"metadata\":{\"annotations\":{\"monolift.dev/owner-uid\":null}}}",
        "{\"metadata\":{\"finalizers\":[\"example.test/a\"]}}",
        "{\"spec\":{\"replicas\":0}}",
        "{\"spec\":{\"paused\":true}}",
        "{\"spec\":{\"minReadySeconds\":7}}",
        "{\"spec\":{\"progressDeadlineSeconds\":900}}",
        "{\"spec\":{\"strategy\":{\"type\":\"Recreate\",\"rollingUpdate\":null}}}",
        "{\"spec\":{\"strategy\":{\"rollingUpdate\":{\"maxSurge\":5}}}}",
        pods("{\"metadata\":{\"labels\":{\"a\":\"b\"}}}"),
        pods("{\"metadata\":{\"finalizers\":[\"example.test/a\"]}}"),
        pods("{\"metadata\":{\"annotations\":{\"a\":\"b\"}}}"),
        pods(
            "{\"metadata\":{\"annotations\":{\"a\":\"b\",\"kubectl.kubernetes.io/restartedAt\":"
                + now
                + "}}}"),
        pods("{\"spec\":{\"containers\":[{\"name\":\"php\",\"image\":\"evil\"}]}}"),
        pods(
            "{\"spec\":{\"containers\":[{\"name\":\"php\",\"image\":\"example.test/php:1\",\"command\":[\"sh\"]}]}}"),
        pods(
            "{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":"
                + now
                + "}},\"spec\":{\"hostNetwork\":true}}"),
        pods("{\"spec\":{\"serviceAccountName\":\"admin\"}}"));
  }
}
