package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.fields.LastApply;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which unwanted fields are taken to be removed, by who owns them and what was sent last. */
class PromisedAbsentTest {
  private static final FieldPath MIN_READY = FieldPath.of("spec", "minReadySeconds");
  private static final FieldPath TYPE = FieldPath.of("spec", "strategy", "type");
  private static final FieldPath PODS = FieldPath.of("spec", "template", "spec");
  private static final FieldPath NAME = PODS.field("serviceAccountName");
  private static final FieldPath COPY = PODS.field("serviceAccount");

  private static final Deployment DESIRED =
      new DeploymentBuilder()
          .withNewMetadata()
          .withName("mail")
          .endMetadata()
          .withNewSpec()
          .withNewStrategy()
          .withType("Recreate")
          .endStrategy()
          .endSpec()
          .build();

  @ParameterizedTest
  @CsvSource({
    // what was sent last is wanted now, who owns the field, whether it is taken
    "true,  nobody,       false",
    "true,  kubectl-edit, true",
    "true,  monolift,     true",
    "false, nobody,       true",
    "false, kubectl-edit, true",
    "false, monolift,     true"
  })
  void whatNobodyOwnsIsLeftAloneOnceTheWantedWasSent(boolean sent, String owner, boolean taken) {
    var live = live(sent, owner(owner, MIN_READY));
    live.getSpec().setMinReadySeconds(30);

    assertThat(absent(live, false)).isEqualTo(taken ? List.of(MIN_READY) : List.of());
  }

  @ParameterizedTest
  @CsvSource({
    // owner of the name, other owner, whether a takeover moves it, whether the copy is taken
    "monolift, nobody,      false, true",
    "monolift, kubectl-set, false, false",
    "nobody,   nobody,      false, false",
    "nobody,   kubectl-set, false, false",
    "nobody,   helm,        true,  true",
    "nobody,   nobody,      true,  false",
    "nobody,   kube-controller-manager, true, false"
  })
  void theCopyGoesOnlyTogetherWithTheName(
      String ours, String other, boolean takeover, boolean taken) {
    var live = live(false, owner(ours, NAME), owner(other, NAME, COPY));
    live.getSpec().getTemplate().getSpec().setServiceAccountName("other");
    live.getSpec().getTemplate().getSpec().setServiceAccount("other");

    assertThat(absent(live, takeover)).isEqualTo(taken ? List.of(COPY) : List.of());
  }

  /** Whoever applies the type makes the API server fill in the rest, which nobody owns. */
  @ParameterizedTest
  @CsvSource({"argocd, true", "monolift, false"})
  void theRollingUpdateGoesAsAWholeWhereSomebodyEditedTheStrategy(String owner, boolean taken) {
    var live = live(true, owner(owner, TYPE));
    var rollingUpdate =
        new DeploymentBuilder(live)
            .editSpec()
            .withNewStrategy()
            .withType("RollingUpdate")
            .withNewRollingUpdate()
            .withNewMaxSurge("25%")
            .withNewMaxUnavailable("25%")
            .endRollingUpdate()
            .endStrategy()
            .endSpec()
            .build();

    assertThat(absent(rollingUpdate, false)).hasSize(taken ? 3 : 0);
  }

  @Test
  void whatIsNotThereIsNotTaken() {
    assertThat(absent(live(false), true)).isEmpty();
  }

  private static List<FieldPath> absent(Deployment live, boolean takeover) {
    return new PromisedAbsent(live, PromisedAbsent.Trees.of(live, DESIRED), path -> takeover)
        .fields().stream().sorted().toList();
  }

  private static Deployment live(boolean sent, ManagedFieldsEntry... owners) {
    var entries = Arrays.stream(owners).filter(entry -> !entry.getManager().equals("nobody"));
    return new DeploymentBuilder(sent ? LastApply.marked(DESIRED) : DESIRED)
        .editMetadata()
        .withManagedFields(entries.map(e -> sent ? withMark(e) : e).toList())
        .addAllToManagedFields(sent ? List.of(owner("monolift", LastApply.MARK)) : List.of())
        .endMetadata()
        .editSpec()
        .withNewTemplate()
        .withNewSpec()
        .endSpec()
        .endTemplate()
        .endSpec()
        .build();
  }

  /** There is one entry of ours at most. */
  private static ManagedFieldsEntry withMark(ManagedFieldsEntry entry) {
    if (!ReplicasOwnership.isOurs(entry)) {
      return entry;
    }
    var mark = new FieldSet(new TreeSet<>(List.of(LastApply.MARK)));
    return new ManagedFieldsEntryBuilder(entry)
        .withFieldsV1(FieldSet.of(entry.getFieldsV1()).union(mark).toFieldsV1())
        .build();
  }

  private static ManagedFieldsEntry owner(String manager, FieldPath... fields) {
    return new ManagedFieldsEntryBuilder()
        .withManager(manager)
        .withOperation("monolift".equals(manager) ? "Apply" : "Update")
        .withApiVersion("apps/v1")
        .withFieldsV1(new FieldSet(new TreeSet<>(List.of(fields))).toFieldsV1())
        .build();
  }
}
