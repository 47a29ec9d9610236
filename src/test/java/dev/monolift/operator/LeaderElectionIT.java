package dev.monolift.operator;

import static dev.monolift.operator.Stage.waitFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.monolift.OperatorOptions.LeaderElection;
import dev.monolift.RunningOperator;
import dev.monolift.StartFailure;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One of several operators works; when it ends, however it ends, another one does. */
@SuppressWarnings("try") // operators are also closed early
class LeaderElectionIT {
  private static final String READER =
      """
      apiVersion: v1
      kind: ServiceAccount
      metadata: {name: reader}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: Role
      metadata: {name: reader}
      rules: [{apiGroups: ["*"], resources: ["*"], verbs: [get, list, watch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: reader}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
      subjects: [{kind: ServiceAccount, name: reader}]
      """;

  private static final String LEASE = LeaderElection.DEFAULT_LEASE;
  private static final int LEASE_SECONDS = 15;
  private static final int LONG_LEASE_SECONDS = 3600;
  private static final Duration HEAD_START = Duration.ofSeconds(3);

  private final Stage stage = Stage.set();
  private final Workers workers = stage.workers;

  @BeforeEach
  void noLease() {
    lease().delete();
  }

  private Resource<Lease> lease() {
    return stage.cluster.client().leases().inNamespace(OperatorIdentity.NAMESPACE).withName(LEASE);
  }

  private RunningOperator start(String identity) {
    return stage.start(
        stage.config(), new LeaderElection(OperatorIdentity.NAMESPACE, LEASE, identity));
  }

  private @Nullable String holder() {
    Lease lease = lease().get();
    return lease == null ? null : lease.getSpec().getHolderIdentity();
  }

  @Test
  void theSecondWaitsWithFullCachesAndLeadsWhenTheFirstEnds() {
    try (var first = start("first")) {
      waitFor("a leader", first::isLeading);
      workers.createMinimal("mailer");
      waitFor("the worker", () -> workers.isReady("mailer") && workers.replicas("mailer") == 1);

      try (var follower = start("second")) {
        waitFor("full caches", follower::isReady);
        assertThat(follower.isLeading()).isFalse();
        stage.settle();
        long from = stage.audit.position();

        first.close();

        assertThat(holder()).isNotEqualTo("first");
        waitFor("the next leader", follower::isLeading);
        assertThat(first.awaitStop()).isEqualTo(RunningOperator.EXIT_OK);
        workers.createMinimal("after");
        waitFor("work of the next leader", () -> workers.isReady("after"));
        assertThat(stage.writes(from).stream().filter(write -> write.name().startsWith("mailer")))
            .as("a new leader changes nothing")
            .isEmpty();
      }
    }
  }

  @Test
  void whoLosesTheLeaseWritesNothingMoreAndEnds() {
    try (var operator = start("first")) {
      waitFor("a leader", operator::isLeading);

      lease()
          .patch(
              PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"holderIdentity\":\"usurper\"}}");

      assertThat(operator.awaitStop()).isEqualTo(RunningOperator.EXIT_LOST);
      long from = stage.audit.position();
      workers.createMinimal("late");
      stage.settle();
      assertThat(stage.writes(from)).isEmpty();
      assertThat(workers.hasDeployment("late")).isFalse();
      operator.close();
      assertThat(holder()).as("what is not ours is not given back").isEqualTo("usurper");
    }
  }

  @Test
  void aProcessThatIsToldToStopGivesTheLeaseBackAndEndsWithZero() throws Exception {
    try (var process = OperatorProcess.start(stage.kubeconfig, 0)) {
      waitFor("a leader", () -> holder() != null);
      workers.createMinimal("mailer");
      waitFor("the worker", () -> !workers.ready("mailer").isEmpty());

      assertThat(process.terminate()).as(process.log()).isZero();

      assertThat(holder()).isNull();
    }
  }

  @Test
  void aKilledLeaderIsFollowedWhenItsLeaseExpires() {
    try (var process = OperatorProcess.start(stage.kubeconfig, 0)) {
      waitFor("a leader", () -> holder() != null);
      try (var follower = start("second")) {
        process.close();

        waitFor("the next leader", follower::isLeading);
        assertThat(holder()).isEqualTo("second");
      }
    }
  }

  @Test
  void afterTheLeadersDeathAReplicaThatWaitedGoesFirst() {
    Instant expires = Instant.now().plusSeconds(2);
    createLease("dead", expires.minusSeconds(LEASE_SECONDS), LEASE_SECONDS);

    try (var operator = start("late")) {
      waitFor("the lead", operator::isLeading);
      assertThat(acquired()).isAfterOrEqualTo(expires.plus(HEAD_START));
    }
  }

  @Test
  void afterTheLeadersEndAReplicaThatWaitedGoesFirst() {
    Instant released;
    try (var first = start("first")) {
      waitFor("a leader", first::isLeading);
      released = Instant.now();
    }

    try (var operator = start("late")) {
      waitFor("the lead", operator::isLeading);
      assertThat(acquired()).isAfterOrEqualTo(released.plus(HEAD_START));
    }
  }

  @Test
  void aLeaderThatIsAliveHoldsNobodyUp() throws Exception {
    createLease("alive", Instant.now(), LONG_LEASE_SECONDS);
    // not in the common pool: the clients need it, and it has one thread on a small machine
    var follower = new FutureTask<>(() -> start("late"));
    Thread.ofVirtual().start(follower);

    waitFor("the end of its wait", () -> renew("alive") && follower.isDone());

    try (var operator = follower.get()) {
      waitFor("full caches", operator::isReady);
      assertThat(operator.isLeading()).isFalse();
    }
  }

  private void createLease(String holder, Instant renewed, int seconds) {
    var time = ZonedDateTime.ofInstant(renewed, ZoneOffset.UTC);
    stage
        .cluster
        .client()
        .resource(
            new LeaseBuilder()
                .withNewMetadata()
                .withNamespace(OperatorIdentity.NAMESPACE)
                .withName(LEASE)
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds(seconds)
                .withAcquireTime(time)
                .withRenewTime(time)
                .withLeaseTransitions(0)
                .endSpec()
                .build())
        .create();
  }

  private boolean renew(String holder) {
    var now = ZonedDateTime.now(ZoneOffset.UTC);
    lease().edit(l -> new LeaseBuilder(l).editSpec().withRenewTime(now).endSpec().build());
    return holder.equals(holder());
  }

  private Instant acquired() {
    return lease().get().getSpec().getAcquireTime().toInstant();
  }

  @Test
  void withoutRightsOnTheLeaseTheStartFailsWithASentence() {
    stage.apply(READER);
    var config = new AccountTokens(stage).config("reader");
    assertThatThrownBy(
            () -> stage.start(config, new LeaderElection(stage.namespace, LEASE, "first")))
        .isInstanceOf(StartFailure.class)
        .hasMessageContaining("No permission to lease resource")
        .hasMessageContaining(stage.namespace);
  }
}
