package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.ConfigBuilder;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** What the management port says, also while the API server is away. */
class ReadinessIT {
  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;

  @Test
  void readinessFollowsTheConnectionToTheApiServerAndWorkGoesOnAfterwards() throws Exception {
    URI server = URI.create(stage.config().getMasterUrl());
    try (var line = Line.to(server.getHost(), server.getPort())) {
      var config =
          new ConfigBuilder(stage.config())
              .withMasterUrl("https://" + server.getHost() + ":" + line.port())
              .build();
      try (var operator = stage.start(config, null)) {
        int port = operator.managementPort();
        assertThat(Scrape.get(port, "/livez").statusCode()).isEqualTo(200);
        waitFor("readiness", () -> Scrape.get(port, "/readyz").statusCode() == 200);

        line.cut();
        waitFor("unreadiness", () -> Scrape.get(port, "/readyz").statusCode() == 503);
        assertThat(Scrape.get(port, "/readyz").body()).contains("is down.");
        assertThat(Scrape.get(port, "/livez").statusCode()).isEqualTo(200);
        workers.createMinimal("meanwhile");

        line.mend();
        waitFor("readiness again", () -> Scrape.get(port, "/readyz").statusCode() == 200);
        waitFor("the worker", () -> workers.isReady("meanwhile"));
      }
    }
  }

  @Test
  void metersTellOfPassesWritesErrorsAndTheProcess() {
    try (var operator = stage.start()) {
      workers.createMinimal("mailer");
      workers.createMinimal(EchoKind.DEFECT);
      waitFor("the worker", () -> workers.isReady("mailer"));
      waitFor("an error", () -> Scrape.sum(operator, "monolift_reconcile_errors_total") > 0);

      assertThat(Scrape.get(operator.managementPort(), "/metrics").body())
          .contains("monolift_plan_duration_seconds_count{kind=\"MonolithWorker\"}")
          .contains(
              "monolift_api_writes_total{kind=\"Deployment\",result=\"ok\",verb=\"apply\"} 1.0")
          .contains(
              "monolift_reconcile_errors_total{kind=\"MonolithWorker\",reason=\"InternalError\"}")
          .contains("reconciliations_success_total{controller_name=\"monolithworker\"")
          .contains("process_resident_memory_bytes")
          .contains("jvm_memory_used_bytes")
          .doesNotContain("mailer");
    }
  }
}
