package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.fields.FieldPath;
import dev.monolift.fields.FieldSet;
import dev.monolift.plan.OwnershipTransfer;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Merging of field ownership, checked by a second opinion that knows nothing of paths: it flattens
 * managedFields to strings and thinks in sets of those.
 */
class FieldTakeoverTest {
  private static final List<String> FIELDS =
      List.of(
          "f:spec/f:replicas",
          "f:spec/f:paused",
          "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"php\"}",
          "f:spec/f:template/f:spec/f:containers/k:{\"name\":\"php\"}/f:image",
          "f:spec/f:template/f:metadata/f:annotations",
          "f:spec/f:template/f:metadata/f:annotations/f:kubectl.kubernetes.io~restartedAt",
          "f:spec/f:template/f:metadata/f:annotations/f:note",
          "f:metadata/f:labels/f:team",
          "f:metadata/f:labels/f:app.kubernetes.io~instance",
          "f:metadata/f:annotations/f:kubectl.kubernetes.io~last-applied-configuration",
          "f:metadata/f:annotations/f:argocd.argoproj.io~tracking-id",
          "f:status/f:replicas");
  private static final List<String> MANAGERS =
      List.of("monolift", "kube-controller-manager", "kubectl-client-side-apply", "helm", "argocd");

  static IntStream seeds() {
    return IntStream.range(0, Seeds.count(200));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void ownershipMovesAsSetsDo(int seed) {
    var random = new Random(seed);
    boolean handedOver = random.nextBoolean();
    List<ManagedFieldsEntry> before = entries(random);

    var moving = FieldTakeover.everythingOfTheSpec(handedOver);
    var transfer = FieldTakeover.plan(deployment(before), moving, Set.of());
    var after = transfer.map(OwnershipTransfer::managedFields).orElse(before);

    assertThat(owned(after)).isEqualTo(expected(owned(before), handedOver));
    assertThat(FieldTakeover.plan(deployment(after), moving, Set.of()))
        .as("taking over twice is taking over once")
        .isEmpty();
  }

  /** The second opinion. */
  private static Map<String, Set<String>> expected(
      Map<String, Set<String>> before, boolean handedOver) {
    var after = new HashMap<String, Set<String>>();
    var ours = new HashSet<>(before.getOrDefault("monolift/Apply/", Set.of()));
    before.forEach(
        (owner, fields) -> {
          var stays = new HashSet<String>();
          for (String field : fields) {
            boolean mark =
                field.contains("last-applied")
                    || field.contains("tracking-id")
                    || field.contains("instance");
            boolean spec = field.startsWith("f:spec/") && !field.endsWith("restartedAt");
            boolean autoscaled = handedOver && field.endsWith("f:spec/f:replicas");
            boolean movable = owner.endsWith("/") && !owner.startsWith("kube-controller-manager/");
            if (movable && (mark || (spec && !autoscaled))) {
              ours.add(field);
            } else {
              stays.add(field);
            }
          }
          if (!stays.isEmpty()) {
            after.put(owner, stays);
          }
        });
    if (!ours.isEmpty()) {
      after.put("monolift/Apply/", ours);
    }
    return after;
  }

  private static List<ManagedFieldsEntry> entries(Random random) {
    var entries = new ArrayList<ManagedFieldsEntry>();
    for (String manager : MANAGERS) {
      for (String operation : List.of("Apply", "Update")) {
        for (String subresource : List.of("", "scale", "status")) {
          var fields = new TreeSet<FieldPath>();
          FIELDS.stream().filter(f -> random.nextInt(4) == 0).forEach(f -> fields.add(path(f)));
          boolean possible = !manager.equals("monolift") || operation.equals("Apply");
          if (possible && !fields.isEmpty() && random.nextInt(3) > 0) {
            entries.add(
                new ManagedFieldsEntryBuilder()
                    .withManager(manager)
                    .withOperation(operation)
                    .withSubresource(subresource.isEmpty() ? null : subresource)
                    .withApiVersion("apps/v1")
                    .withFieldsV1(new FieldSet(fields).toFieldsV1())
                    .build());
          }
        }
      }
    }
    return entries;
  }

  private static FieldPath path(String field) {
    return new FieldPath(List.of(field.replace('/', '\n').replace('~', '/').split("\n")));
  }

  private static Map<String, Set<String>> owned(List<ManagedFieldsEntry> entries) {
    var owned = new HashMap<String, Set<String>>();
    for (ManagedFieldsEntry entry : entries) {
      String subresource = entry.getSubresource() == null ? "" : entry.getSubresource();
      var fields = new HashSet<String>();
      flatten(entry.getFieldsV1().getAdditionalProperties(), "", fields);
      owned.put(entry.getManager() + "/" + entry.getOperation() + "/" + subresource, fields);
    }
    return owned;
  }

  private static void flatten(Map<?, ?> node, String prefix, Set<String> into) {
    if (node.isEmpty() || node.containsKey(".")) {
      into.add(prefix);
    }
    node.forEach(
        (key, child) -> {
          if (!key.equals(".") && child instanceof Map<?, ?> children) {
            flatten(children, prefix.isEmpty() ? "" + key : prefix + "/" + key, into);
          }
        });
  }

  private static Deployment deployment(List<ManagedFieldsEntry> entries) {
    return new DeploymentBuilder()
        .withNewMetadata()
        .withName("mail")
        .withNamespace("shop")
        .withUid("1")
        .withResourceVersion("2")
        .withManagedFields(entries)
        .endMetadata()
        .build();
  }
}
