package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.testcluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Takes the installed operator away, and knows when none led. */
final class OperatorAbsences {
  private static final Duration PATIENCE = Duration.ofMinutes(4);
  private static final String DEPLOYMENT = "deployment/monolift";

  private final InstalledOperator operator;
  private final NodeKubectl kubectl;
  private final List<Absence> absences = new ArrayList<>();

  OperatorAbsences(TestCluster cluster, InstalledOperator operator) {
    this.operator = operator;
    this.kubectl = new NodeKubectl(cluster, InstalledOperator.NAMESPACE);
  }

  /** Ends the pod that leads, in turns by force and by killing its process, until another leads. */
  void killLeader() {
    operator.awaitReady();
    String holder = operator.holder().orElseThrow();
    String leader = operator.leader().orElseThrow();
    String waiting = operator.waiting();
    Instant from = absences.size() % 2 == 0 ? operator.delete(leader) : operator.kill(leader);
    awaitOther(holder, from);
    assertThat(operator.leader()).as("who has seen the pods go").contains(waiting);
  }

  /**
   * Does something while no operator runs.
   *
   * @param meanwhile what
   */
  void whileAway(Runnable meanwhile) {
    operator.awaitReady();
    String holder = operator.holder().orElseThrow();
    String replicas = kubectl.run("get", DEPLOYMENT, "-o", "jsonpath={.spec.replicas}");
    Instant from = Instant.now();
    kubectl.run("scale", DEPLOYMENT, "--replicas=0");
    try {
      await("no operator").atMost(PATIENCE).until(() -> kubectl.run("get", "pods").isBlank());
      meanwhile.run();
    } finally {
      kubectl.run("scale", DEPLOYMENT, "--replicas=" + replicas);
    }
    awaitOther(holder, from);
  }

  private void awaitOther(String holder, Instant from) {
    absences.add(new Absence(from, operator.awaitSuccessorOf(holder)));
    // the next absence shall find both replicas again
    operator.awaitReady();
  }

  /** When no operator led. */
  List<Absence> absences() {
    return List.copyOf(absences);
  }
}
