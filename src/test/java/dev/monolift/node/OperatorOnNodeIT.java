package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.crd.Kubectl;
import dev.monolift.operator.OperatorIdentity;
import dev.monolift.proof.Proof;
import dev.monolift.testcluster.AuditLog;
import dev.monolift.testcluster.AuditLog.Request;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.Pod;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The operator from its image, installed as users install it, with two replicas. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OperatorOnNodeIT {
  /** A Lease holds for 15 s; whoever waits asks for it every 1.3 to 2.9 s. */
  private static final Duration LEASE = Duration.ofSeconds(18);

  /** What a loaded machine adds to that. */
  private static final Duration SLACK = Duration.ofSeconds(12);

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int WORKERS = 10;

  private TestCluster cluster;
  private InstalledOperator operator;
  private NodeWorkers workers;
  private long installed;

  /** How the leader is lost. */
  enum Loss {
    /** The pod is deleted by force. */
    DELETED,
    /** The process is killed, and started again in its pod. */
    KILLED
  }

  @BeforeAll
  void install() {
    cluster = TestCluster.realNode();
    installed = audit().position();
    operator = InstalledOperator.install(cluster);
    workers = new NodeWorkers(cluster, cluster.newNamespace("operator"));
  }

  @AfterAll
  void remove() {
    if (operator != null) {
      operator.close();
    }
  }

  @Test
  void bothReplicasRunWithoutAComplaint() {
    assertThat(operator.pods()).hasSize(2);
    assertThat(operator.pods().stream().map(Pod::getMetadata).map(m -> operator.log(m.getName())))
        .allSatisfy(log -> assertThat(log).doesNotContain("WARN", "ERROR"));
    assertThat(audit().requests(installed, OperatorIdentity.USER))
        .isNotEmpty()
        .as("what the shipped rights do not allow")
        .noneMatch(request -> request.code() == HttpURLConnection.HTTP_FORBIDDEN);
  }

  @ParameterizedTest
  @EnumSource
  void whenTheLeaderIsLostTheOtherOneGoesOn(Loss loss) throws InterruptedException {
    List<String> names =
        IntStream.range(0, WORKERS)
            .mapToObj(i -> loss.name().toLowerCase(Locale.ROOT) + "-" + i)
            .toList();
    names.forEach(workers::create);
    names.forEach(name -> await().atMost(PATIENCE).until(() -> workers.isReady(name)));
    operator.awaitReady();
    settle();
    String leader = operator.leader().orElseThrow();
    String holder = operator.holder().orElseThrow();
    String waiting = operator.waiting();
    long from = audit().position();

    Thread changes = Thread.ofVirtual().start(() -> changeOneAfterTheOther(names));
    await().atMost(PATIENCE).until(() -> workers.isChanged(names.getFirst()));
    Instant lost =
        switch (loss) {
          case DELETED -> operator.delete(leader);
          case KILLED -> operator.kill(leader);
        };
    Instant led = operator.awaitSuccessorOf(holder);
    changes.join();

    names.forEach(
        name ->
            await(name)
                .atMost(PATIENCE)
                .until(() -> workers.isChanged(name) && workers.isReady(name)));
    settle();
    assertThat(Duration.between(lost, led)).isLessThan(LEASE.plus(SLACK));
    assertThat(operator.leader())
        .as("not a process that has just started and has seen nothing")
        .contains(waiting);
    List<Request> writes = writes(from);
    assertThat(inTurns(writes))
        .as("pods that wrote, one after the other")
        .doesNotContain("")
        .hasSizeBetween(1, 2);
    assertThat(deploymentWrites(writes))
        .as("writes of each Deployment for its one change")
        .containsOnlyKeys(names)
        .allSatisfy((_, count) -> assertThat(count).isOne());
    Proof.fact(
        Proof.Chapter.INSTALL,
        "When the leader is lost in the middle of its work (%s), the other replica goes on: no write is lost, none comes twice."
            .formatted(loss.name().toLowerCase(Locale.ROOT)),
        "%.1f s until the other one led; %d changes, one per second, %d writes of Deployments, 0 lost, 0 doubled"
            .formatted(Duration.between(lost, led).toMillis() / 1000.0, WORKERS, WORKERS));
    operator.awaitReady();
  }

  /** The log so far; of K3s in Docker it is a copy. */
  private AuditLog audit() {
    return new AuditLog(cluster.auditLog().orElseThrow());
  }

  /** So that the leader is lost in between. */
  private void changeOneAfterTheOther(List<String> names) {
    for (String name : names) {
      workers.change(name);
      try {
        Thread.sleep(Duration.ofSeconds(1));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** The operator's writes to the workers' namespace. */
  private List<Request> writes(long from) {
    return audit().writes(from, OperatorIdentity.USER).stream()
        .filter(write -> write.namespace().equals(workers.namespace()))
        .filter(write -> write.code() < 300)
        .toList();
  }

  /** Names of the pods in the order of their writes; one that writes again comes again. */
  private static List<String> inTurns(List<Request> writes) {
    var turns = new ArrayList<String>();
    for (Request write : writes) {
      if (turns.isEmpty() || !turns.getLast().equals(write.pod())) {
        turns.add(write.pod());
      }
    }
    return turns;
  }

  private static Map<String, Long> deploymentWrites(List<Request> writes) {
    return writes.stream()
        .filter(write -> write.resource().equals("deployments"))
        .collect(Collectors.groupingBy(Request::name, Collectors.counting()));
  }

  /** Waits until the operator has nothing to write. */
  private void settle() {
    var position = new long[] {audit().position()};
    await()
        .pollInterval(Duration.ofSeconds(3))
        .atMost(PATIENCE)
        .until(
            () -> {
              long from = position[0];
              position[0] = audit().position();
              return writes(from).isEmpty();
            });
  }

  @Test
  void theDailyRestartRunsFromTheSameImage() {
    workers.createWithRestart("nightly");
    await().atMost(PATIENCE).until(() -> workers.isReady("nightly"));
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                cluster
                        .client()
                        .batch()
                        .v1()
                        .cronjobs()
                        .inNamespace(workers.namespace())
                        .withName("nightly-restart")
                        .get()
                    != null);
    String before = workers.podName("nightly");
    var kubectl = new Kubectl(cluster, workers.namespace());

    kubectl.run("create", "job", "now", "--from=cronjob/nightly-restart").orFail();
    kubectl.run("wait", "job/now", "--for=condition=complete", "--timeout=240s").orFail();

    Pod asker =
        cluster
            .client()
            .pods()
            .inNamespace(workers.namespace())
            .withLabel("batch.kubernetes.io/job-name", "now")
            .list()
            .getItems()
            .getFirst();
    assertThat(asker.getSpec().getContainers().getFirst().getImage()).isEqualTo(operator.image());
    await().atMost(PATIENCE).until(() -> !workers.podName("nightly").equals(before));
    Proof.fact(
        Proof.Chapter.INSTALL,
        "The pods of the daily restart run from the image that the operator's own pod has, and nobody says its name twice.",
        "%s; Job complete, pod replaced".formatted(operator.image()));
  }
}
