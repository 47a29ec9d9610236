package dev.monolift.monolithworker;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec;
import dev.monolift.api.v1alpha1.MonolithWorkerSpec.DeletionPolicy;
import dev.monolift.fields.Json;
import dev.monolift.fields.StoredForm;
import dev.monolift.plan.Labels;
import dev.monolift.restart.RestartNames;
import dev.monolift.restart.RestartedAt;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSchedulingGate;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import io.fabric8.kubernetes.api.model.apps.RollingUpdateDeployment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The children of a worker as they shall be.
 *
 * <p>Fields that carry a promise are always sent, with Kubernetes' own default where the user says
 * nothing, so that a foreign edit of them is put right: {@code replicas} (unless handed over),
 * {@code selector}, {@code strategy}, {@code progressDeadlineSeconds}, {@code
 * revisionHistoryLimit}, everything that the user's template says, the template's {@code
 * dnsPolicy}, its label {@code monolift.dev/worker}, its start gate where there is a bound on
 * consumers, and our own labels, annotation and owner reference. Three promises are that a field is
 * absent: see {@link PromisedAbsent}. What others add beside these stays.
 */
final class MonolithWorkerResources {
  private static final int DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;
  private static final int DEFAULT_REVISION_HISTORY_LIMIT = 10;
  private static final IntOrString DEFAULT_PART = new IntOrString("25%");

  private MonolithWorkerResources() {}

  /** Name of the worker's Deployment. */
  static String deploymentName(MonolithWorker worker) {
    return Objects.requireNonNullElse(
        worker.getSpec().deploymentName(), worker.getMetadata().getName());
  }

  /** Name of the container that runs the PHP program. */
  static String program(MonolithWorkerSpec spec) {
    return Objects.requireNonNullElseGet(
        spec.container(), () -> spec.template().getSpec().getContainers().getFirst().getName());
  }

  /** The user's number of pods. */
  static int replicas(MonolithWorkerSpec spec) {
    return Objects.requireNonNullElse(spec.replicas(), 1);
  }

  /** The number of pods of the Deployment: no more than may run. */
  static int podCount(MonolithWorkerSpec spec) {
    Integer max = Consumers.max(spec);
    return max == null ? replicas(spec) : Math.min(replicas(spec), max);
  }

  /** The selector of a Deployment that is made here. */
  static LabelSelector selector(MonolithWorker worker) {
    return new LabelSelectorBuilder()
        .addToMatchLabels(Labels.WORKER, worker.getMetadata().getName())
        .build();
  }

  /**
   * The Deployment.
   *
   * @param worker the worker
   * @param template the user's template with what the engines wrote
   * @param live the Deployment as it is, whose selector cannot be changed; null when there is none
   * @param replicas number of pods; null leaves the field to another owner
   * @return the Deployment, in the form in which the API server stores it
   */
  static Deployment deployment(
      MonolithWorker worker,
      PodTemplateSpec template,
      @Nullable Deployment live,
      @Nullable Integer replicas) {
    var spec = worker.getSpec();
    LabelSelector selector = live == null ? selector(worker) : live.getSpec().getSelector();
    return new DeploymentBuilder()
        .withMetadata(metadata(worker, deploymentName(worker)))
        .withNewSpec()
        .withReplicas(replicas)
        .withSelector(selector)
        .withStrategy(strategy(spec))
        .withMinReadySeconds(zeroToNull(spec.minReadySeconds()))
        .withProgressDeadlineSeconds(
            Objects.requireNonNullElse(
                spec.progressDeadlineSeconds(), DEFAULT_PROGRESS_DEADLINE_SECONDS))
        .withRevisionHistoryLimit(
            Objects.requireNonNullElse(spec.revisionHistoryLimit(), DEFAULT_REVISION_HISTORY_LIMIT))
        .withTemplate(template(worker, template, selector, live))
        .endSpec()
        .build();
  }

  /** Labels that the pods get: the user's, those that the selector asks for, and ours. */
  static Map<String, String> podLabels(
      MonolithWorker worker,
      Map<String, String> users,
      LabelSelector selector,
      @Nullable Deployment live) {
    var labels = new LinkedHashMap<>(users);
    labels.putAll(Selectors.missing(selector, users, podLabels(live)));
    labels.put(Labels.WORKER, worker.getMetadata().getName());
    return labels;
  }

  private static Map<String, String> podLabels(@Nullable Deployment live) {
    return Optional.ofNullable(live)
        .map(deployment -> deployment.getSpec().getTemplate().getMetadata())
        .map(metadata -> Ownership.values(metadata.getLabels()))
        .orElse(Map.of());
  }

  private static PodTemplateSpec template(
      MonolithWorker worker,
      PodTemplateSpec template,
      LabelSelector selector,
      @Nullable Deployment live) {
    var pods = Json.object(StoredForm.of(Json.tree(template)), PodTemplateSpec.class);
    var users = Objects.requireNonNullElseGet(pods.getMetadata(), ObjectMeta::new);
    if (RestartedAt.isOutdated(pods, live)) {
      users.getAnnotations().remove(RestartNames.RESTARTED_AT);
    }
    pods.setMetadata(
        new ObjectMetaBuilder()
            .withLabels(podLabels(worker, Ownership.values(users.getLabels()), selector, live))
            .withAnnotations(users.getAnnotations())
            .withFinalizers(users.getFinalizers())
            .build());
    if (pods.getSpec().getDnsPolicy() == null) {
      pods.getSpec().setDnsPolicy("ClusterFirst");
    }
    if (Consumers.max(worker.getSpec()) != null) {
      var gates = new ArrayList<>(pods.getSpec().getSchedulingGates());
      gates.add(new PodSchedulingGate(Labels.START_GATE));
      pods.getSpec().setSchedulingGates(gates);
    }
    return pods;
  }

  /** The strategy with its defaults: Kubernetes' own, or those that go with a start gate. */
  static DeploymentStrategy strategy(MonolithWorkerSpec spec) {
    var strategy =
        spec.strategy() == null
            ? new DeploymentStrategy()
            : Json.object(Json.tree(spec.strategy()), DeploymentStrategy.class);
    if (strategy.getType() == null || strategy.getType().isEmpty()) {
      strategy.setType("RollingUpdate");
    }
    if (!strategy.getType().equals("RollingUpdate")) {
      return strategy;
    }
    var given =
        Objects.requireNonNullElseGet(strategy.getRollingUpdate(), RollingUpdateDeployment::new);
    IntOrString surge =
        Consumers.max(spec) == null || isZero(given.getMaxUnavailable())
            ? DEFAULT_PART
            : new IntOrString(0);
    return new DeploymentStrategyBuilder(strategy)
        .withNewRollingUpdate()
        .withMaxSurge(Objects.requireNonNullElse(given.getMaxSurge(), surge))
        .withMaxUnavailable(Objects.requireNonNullElse(given.getMaxUnavailable(), DEFAULT_PART))
        .endRollingUpdate()
        .build();
  }

  private static boolean isZero(@Nullable IntOrString value) {
    return value != null
        && (Integer.valueOf(0).equals(value.getIntVal()) || "0%".equals(value.getStrVal()));
  }

  private static @Nullable Integer zeroToNull(@Nullable Integer seconds) {
    return seconds == null || seconds == 0 ? null : seconds;
  }

  /**
   * A ConfigMap of an engine, made a child of the worker.
   *
   * @param worker the worker
   * @param configMap name and data
   * @return the complete ConfigMap
   */
  static ConfigMap configMap(MonolithWorker worker, ConfigMap configMap) {
    return new ConfigMapBuilder(configMap)
        .withMetadata(metadata(worker, configMap.getMetadata().getName()))
        .build();
  }

  /** Labels, annotation and owner of a child. */
  static ObjectMeta metadata(MonolithWorker worker, String name) {
    var owner = worker.getMetadata();
    // without a cluster (render) the worker has no uid, and its children no owner
    Map<String, String> annotations =
        owner.getUid() == null ? Map.of() : Map.of(Labels.OWNER_UID, owner.getUid());
    return new ObjectMetaBuilder()
        .withName(name)
        .withNamespace(owner.getNamespace())
        .addToLabels(Labels.MANAGED_BY, Labels.MONOLIFT)
        .addToLabels(Labels.WORKER, owner.getName())
        .withAnnotations(annotations)
        .withOwnerReferences(ownerReferences(worker))
        .build();
  }

  /** Whether the children shall be deleted after the worker. */
  static boolean goesWith(MonolithWorker worker) {
    return worker.getSpec().deletionPolicy() != DeletionPolicy.Orphan;
  }

  /** Nobody owns the children of a worker that leaves them behind, or that is only rendered. */
  static List<OwnerReference> ownerReferences(MonolithWorker worker) {
    var owner = worker.getMetadata();
    if (owner.getUid() == null || !goesWith(worker)) {
      return List.of();
    }
    return List.of(
        new OwnerReferenceBuilder()
            .withApiVersion(worker.getApiVersion())
            .withKind(worker.getKind())
            .withName(owner.getName())
            .withUid(owner.getUid())
            .withController(true)
            .withBlockOwnerDeletion(true)
            .build());
  }
}
