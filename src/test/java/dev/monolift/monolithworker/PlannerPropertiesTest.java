package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec.DeletionPolicy;
import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.fields.Json;
import dev.monolift.fields.LastApply;
import dev.monolift.plan.Conditions;
import dev.monolift.plan.Plan;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every worker. The seed is in the test's name. */
class PlannerPropertiesTest {
  /** Where an empty value is a value. */
  private static final Set<String> MAY_BE_EMPTY = Set.of("labels", "nodeSelector", "annotations");

  private final MonolithWorkerPlanner planner =
      new MonolithWorkerPlanner(ClusterDns.DEFAULT, LivePlanner.PROGRAM);

  static IntStream seeds() {
    return IntStream.range(0, Seeds.count(50));
  }

  private Plan<MonolithWorkerStatus> plan(MonolithWorker worker, @Nullable Deployment live) {
    return planner.plan(worker, seen(live), MonolithWorkerPlannerTest.NOW);
  }

  private static MonolithWorkerObservation seen(@Nullable Deployment live) {
    return new MonolithWorkerObservation(live, null, List.of(), List.of());
  }

  private static Deployment deployment(Plan<?> plan) {
    return (Deployment) plan.apply().getLast();
  }

  /** A Deployment that an earlier spec of the same worker left. */
  private Deployment earlier(RandomWorkers random) {
    return ApplyModel.applied(deployment(plan(random.good(), null)), null);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void plansAreEqualForEqualArgumentsAndChangeNone(int seed) {
    var random = new RandomWorkers(seed);
    MonolithWorker worker = random.flip() ? random.good() : random.bad();
    Deployment live = random.flip() ? null : earlier(random);
    String before = GoldenCase.YAML.asYaml(worker) + GoldenCase.YAML.asYaml(live);

    String once = MonolithWorkerPlannerTest.text(plan(worker, live));
    String twice = MonolithWorkerPlannerTest.text(plan(worker, live));

    assertThat(twice).isEqualTo(once);
    assertThat(GoldenCase.YAML.asYaml(worker) + GoldenCase.YAML.asYaml(live)).isEqualTo(before);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void planningOnTheAppliedResultIsAFixedPoint(int seed) {
    var random = new RandomWorkers(seed);
    Deployment before = random.flip() ? null : earlier(random);
    MonolithWorker worker = random.good();

    var first = plan(worker, before);
    Deployment live = ApplyModel.applied(deployment(first), before);
    worker.setStatus(first.status());
    var second = plan(worker, live);
    worker.setStatus(second.status());
    var third = plan(worker, live);

    assertThat(second.transfers()).isEmpty();
    assertThat(second.apply()).isEqualTo(first.apply());
    assertThat(second.status().conditions())
        .filteredOn(condition -> condition.getType().equals("Ready"))
        .extracting(condition -> condition.getStatus())
        .containsExactly("True");
    assertThat(third.apply()).isEqualTo(first.apply());
    assertThat(third.status()).isEqualTo(second.status());
    assertThat(third.events()).isEmpty();
    assertThat(third.delete()).isEmpty();
  }

  /** Its webhook rewrites what we send; nobody takes the field from us, so it stays as it is. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void valuesThatAreRewrittenOnEveryApplyKeepNobodyFromBeingReady(int seed) {
    var random = new RandomWorkers(seed);
    MonolithWorker worker = random.good();
    var first = plan(worker, null);
    Deployment live = rewritten(ApplyModel.applied(LastApply.marked(deployment(first)), null));
    worker.setStatus(first.status());
    var second = plan(worker, live);

    assertThat(ready(second).getStatus()).isEqualTo("True");
    assertThat(second.events()).noneMatch(event -> event.reason().equals("ForeignEditReverted"));

    worker.getSpec().template().getSpec().getContainers().getFirst().setImage("shop:next");
    assertThat(ready(plan(worker, live)).getReason()).isEqualTo("RollingOut");
  }

  private static Deployment rewritten(Deployment live) {
    live.getSpec()
        .getTemplate()
        .getSpec()
        .getContainers()
        .forEach(container -> container.setImage("mirror.example/" + container.getImage()));
    return live;
  }

  private static Condition ready(Plan<MonolithWorkerStatus> plan) {
    return Conditions.find(plan.status().conditions(), Conditions.READY).orElseThrow();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void badInputTakesNothingFromRunningPods(int seed) {
    var random = new RandomWorkers(seed);
    Deployment live = earlier(random);

    var plan = plan(random.bad(), live);

    assertThat(plan.transfers()).isEmpty();
    assertThat(plan.apply()).isEmpty();
    assertThat(plan.delete()).isEmpty();
    assertThat(plan.status().availableReplicas())
        .isEqualTo(live.getStatus().getAvailableReplicas());
    assertThat(Objects.requireNonNull(plan.status().conditions()).getFirst().getMessage())
        .contains("the running pods stay as they are");
  }

  /** People wait for the generation before they delete; it must not show too early. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theGenerationShowsOnlyWhenTheDeploymentFaresAsThePolicySays(int seed) {
    var random = new RandomWorkers(seed);
    MonolithWorker worker = random.good();
    Deployment live = earlier(random);
    worker.setStatus(plan(worker, live).status());
    MonolithWorker next = random.flip() ? random.good() : random.bad();
    next.getMetadata().setGeneration(2L);
    next.setStatus(worker.getStatus());

    var plan = plan(next, live);

    var after = plan.apply().isEmpty() ? live : deployment(plan);
    boolean goes = !after.getMetadata().getOwnerReferences().isEmpty();
    boolean asWanted = goes == (next.getSpec().deletionPolicy() != DeletionPolicy.Orphan);
    assertThat(plan.status().observedGeneration()).isEqualTo(asWanted ? 2L : 1L);
    assertThat(ready(plan).getObservedGeneration()).isEqualTo(asWanted ? 2L : 1L);
    if (goes && !asWanted) {
      assertThat(ready(plan).getMessage()).contains("still would be deleted together with this");
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theSelectorStaysAndTheOwnerIsAsThePolicySays(int seed) {
    var random = new RandomWorkers(seed);
    Deployment before = random.flip() ? null : earlier(random);
    MonolithWorker worker = random.good();

    Deployment desired = deployment(plan(worker, before));

    if (before != null) {
      assertThat(desired.getSpec().getSelector()).isEqualTo(before.getSpec().getSelector());
    }
    assertThat(
            Selectors.unmet(
                desired.getSpec().getSelector(),
                desired.getSpec().getTemplate().getMetadata().getLabels()))
        .isEmpty();
    assertThat(desired.getMetadata().getOwnerReferences())
        .hasSize(worker.getSpec().deletionPolicy() == DeletionPolicy.Orphan ? 0 : 1);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void nothingEmptyIsSent(int seed) {
    var plan = plan(new RandomWorkers(seed).good(), null);

    plan.apply().forEach(child -> noEmptyValues(Json.tree(child), ""));
  }

  private static void noEmptyValues(JsonNode node, String name) {
    node.properties()
        .forEach(
            field -> {
              JsonNode value = field.getValue();
              assertThat(value.isNull()).as(field.getKey()).isFalse();
              boolean empty =
                  value.isTextual() ? value.asText().isEmpty() : value.isArray() && value.isEmpty();
              assertThat(empty && !MAY_BE_EMPTY.contains(name)).as(field.getKey()).isFalse();
              assertThat(value.isBoolean() && !value.asBoolean()).as(field.getKey()).isFalse();
              noEmptyValues(value, field.getKey());
            });
    if (node.isArray()) {
      node.forEach(item -> noEmptyValues(item, name));
    }
  }
}
