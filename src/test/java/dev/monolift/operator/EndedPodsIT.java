package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.OperatorMain;
import dev.monolift.OperatorOptions;
import dev.monolift.RunningOperator;
import dev.monolift.dns.ClusterDns;
import dev.monolift.plan.Labels;
import dev.monolift.testcluster.AuditLog.Request;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the kernel makes of pods that end, with the shipped rights. */
class EndedPodsIT {
  private static final String COUNTER = "monolift_worker_drains_total";

  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;
  private final CountingKind kind = new CountingKind();

  @Test
  void anEndIsShownUntilItIsWrittenAndThenNoMore() {
    try (var operator = start()) {
      String pod = onlyPod("mailer");
      kind.defect.set(true);
      stage.kubectl("delete", "pod", pod, "--wait=false");
      waitFor("two passes that fail on it", () -> kind.failures.get() >= 2);
      assertThat(counted("mailer")).isEmpty();
      assertThat(Scrape.sum(operator, COUNTER)).isZero();

      kind.defect.set(false);
      // the pause between attempts has grown; a change wakes the worker at once
      stage.annotate("mailer", "touched", "1");
      waitFor("the pod in the status", () -> counted("mailer").equals(List.of(pod)));
      waitFor("the count", () -> Scrape.sum(operator, COUNTER) == 1);
      assertThat(Scrape.get(operator.managementPort(), "/metrics").body())
          .containsPattern(
              "(?m)^"
                  + COUNTER
                  + "\\{cause=\"Delete\",name=\"mailer\",namespace=\""
                  + stage.namespace
                  + "\",verdict=\"Clean\"} 1");

      double before = passes(operator);
      stage.annotate("mailer", "touched", "2");
      waitFor("another pass", () -> passes(operator) > before && kind.shown.get() == 0);
      assertThat(Scrape.sum(operator, COUNTER)).isEqualTo(1);

      stage.kubectl("delete", "monolithworker/mailer");
      waitFor("no counter of a deleted worker", () -> Scrape.sum(operator, COUNTER) == 0);
    }
  }

  @Test
  void aHeldPodGoesAfterTheStatusAndNotBefore() {
    try (var _ = start()) {
      String pod = onlyPod("held");
      stage.settle();
      long from = stage.audit.position();

      stage.kubectl("delete", "pod", pod, "--wait=false");
      waitFor("the pod is gone", () -> pods("held").stream().noneMatch(p -> name(p).equals(pod)));

      assertThat(counted("held")).containsExactly(pod);
      assertThat(stage.writes(from).stream().map(Request::resource).toList())
          .containsSubsequence("monolithworkers/status", "pods");
      assertThat(stage.writes(from).stream().filter(w -> w.resource().equals("pods")))
          .allSatisfy(write -> assertThat(write.name()).isEqualTo(pod))
          .isNotEmpty();
    }
  }

  @Test
  void podsOfADeletedWorkerGo() {
    try (var _ = start()) {
      workers.create(Workers.minimal("held").replace("spec:\n  t", "spec:\n  replicas: 3\n  t"));
      waitFor("pods", () -> workers.replicas("held") == 3 && pods("held").size() == 3);
      stage.kubectl("delete", "monolithworker/held");
      waitFor("no pods", () -> pods("held").isEmpty());
    }
  }

  @Test
  void podsOfAWorkerThatWasDeletedMeanwhileGoToo() {
    try (var _ = start()) {
      onlyPod("held");
    }
    stage.kubectl("delete", "monolithworker/held");
    waitFor(
        "a pod that nobody releases",
        () ->
            pods("held").size() == 1
                && pods("held").getFirst().getMetadata().getDeletionTimestamp() != null);

    try (var _ = start()) {
      waitFor("no pods", () -> pods("held").isEmpty());
    }
  }

  @Test
  void aPodThatLosesTheLabelIsNotHeldAnyMore() {
    try (var _ = start()) {
      String pod = onlyPod("held");
      stage.kubectl("label", "pod", pod, Labels.WORKER + "-");
      waitFor(
          "no finalizer",
          () ->
              stage
                  .cluster
                  .client()
                  .pods()
                  .inNamespace(stage.namespace)
                  .withName(pod)
                  .get()
                  .getMetadata()
                  .getFinalizers()
                  .isEmpty());
      stage.kubectl("delete", "pod", pod);
    }
  }

  private RunningOperator start() {
    return new OperatorMain(OperatorMain::client, kind)
        .start(
            new OperatorOptions(
                stage.config(), Set.of(stage.namespace), null, 0, ClusterDns.DEFAULT, 10));
  }

  private String onlyPod(String worker) {
    workers.createMinimal(worker);
    waitFor(
        "a running pod",
        () ->
            workers.replicas(worker) == 1
                && pods(worker).size() == 1
                && "Running".equals(pods(worker).getFirst().getStatus().getPhase()));
    return name(pods(worker).getFirst());
  }

  private List<Pod> pods(String worker) {
    return stage
        .cluster
        .client()
        .pods()
        .inNamespace(stage.namespace)
        .withLabel(Labels.WORKER, worker)
        .list()
        .getItems();
  }

  private static String name(Pod pod) {
    return pod.getMetadata().getName();
  }

  private List<String> counted(String worker) {
    return workers.status(worker, "drains") instanceof Map<?, ?> drains
            && drains.get("counted") instanceof List<?> names
        ? names.stream().map(String::valueOf).toList()
        : List.of();
  }

  private static double passes(RunningOperator operator) {
    return Scrape.sum(operator, "monolift_plan_duration_seconds_count");
  }
}
