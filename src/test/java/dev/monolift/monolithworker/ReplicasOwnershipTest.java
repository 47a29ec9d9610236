package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorkerStatus.ReplicasManagedBy;
import dev.monolift.fields.FieldSet;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every combination of who owns the replicas, whether we do too, and what the status says. */
class ReplicasOwnershipTest {
  private static final int SPEC = 3;

  /**
   * One cell of the table.
   *
   * @param manager name of the other manager; null means that there is none
   * @param operation its operation
   * @param subresource its subresource
   * @param oursToo whether our own entry owns the field as well
   * @param recorded the number that the status recorded; null means that nothing is handed over
   */
  record Cell(
      @Nullable String manager,
      String operation,
      @Nullable String subresource,
      boolean oursToo,
      @Nullable Integer recorded) {}

  static List<Cell> cells() {
    var cells = new ArrayList<Cell>();
    String[] managers = {
      null, "kube-controller-manager", "kubectl", "kubectl-edit", "k9s", "node-fetch", "argocd"
    };
    for (String manager : managers) {
      for (String operation : List.of("Update", "Apply")) {
        for (String subresource : new String[] {null, "", "scale", "status"}) {
          for (boolean ours : new boolean[] {true, false}) {
            for (Integer recorded : new Integer[] {null, SPEC, 9}) {
              cells.add(new Cell(manager, operation, subresource, ours, recorded));
            }
          }
        }
      }
    }
    return cells;
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theFieldIsLeftOutOnlyWhereItIsSafe(Cell cell) {
    var recorded = cell.recorded == null ? null : new ReplicasManagedBy("before", cell.recorded);
    var result = ReplicasOwnership.handedOver(live(cell), SPEC, recorded);

    boolean wantedBack = cell.recorded != null && cell.recorded != SPEC;
    boolean autoscaler =
        "scale".equals(cell.subresource) && "kube-controller-manager".equals(cell.manager);
    if (cell.oursToo || wantedBack) {
      assertThat(result).isEmpty();
    } else if (autoscaler) {
      assertThat(result).contains(new ReplicasManagedBy(String.valueOf(cell.manager), SPEC));
    } else if (cell.recorded != null) {
      assertThat(result).contains(new ReplicasManagedBy("before", SPEC));
    } else {
      assertThat(result).isEmpty();
    }
  }

  @Test
  void nothingIsHandedOverWhenThereIsNoDeployment() {
    assertThat(ReplicasOwnership.handedOver(null, SPEC, new ReplicasManagedBy("hpa", SPEC)))
        .isEmpty();
  }

  private static Deployment live(Cell cell) {
    var entries = new ArrayList<ManagedFieldsEntry>();
    if (cell.oursToo) {
      entries.add(entry("monolift", "Apply", null));
    }
    if (cell.manager != null) {
      entries.add(entry(cell.manager, cell.operation, cell.subresource));
    }
    return new DeploymentBuilder()
        .withNewMetadata()
        .withManagedFields(entries)
        .endMetadata()
        .withNewSpec()
        .withReplicas(7)
        .endSpec()
        .build();
  }

  private static ManagedFieldsEntry entry(
      String manager, String operation, @Nullable String subresource) {
    return new ManagedFieldsEntryBuilder()
        .withManager(manager)
        .withOperation(operation)
        .withSubresource(subresource)
        .withFieldsV1(new FieldSet(new TreeSet<>(List.of(ReplicasOwnership.REPLICAS))).toFieldsV1())
        .build();
  }
}
