package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import org.jspecify.annotations.Nullable;

/**
 * What the user wants of a worker.
 *
 * @param replicas number of pods; the API server defaults it to 1, zero stops the worker
 * @param template the pods, as in a Deployment
 * @param container name of the container that runs the PHP program; null means the first one
 * @param deploymentName name of the Deployment; null means the resource's own name
 * @param strategy how a rollout replaces pods, as in a Deployment; null means the API server's
 *     default
 * @param minReadySeconds seconds that a new pod must be ready before it counts as available
 * @param progressDeadlineSeconds seconds after which a rollout without progress is reported as
 *     failed
 * @param revisionHistoryLimit number of old ReplicaSets kept for a rollback
 * @param adopt what to do with a Deployment of this name that belongs to somebody else; null means
 *     Never
 * @param deletionPolicy what becomes of the Deployment when the resource is deleted; null means
 *     Delete
 * @param dns name resolution settings; null means the defaults
 * @param drain how pods end; null means the defaults
 * @param onExit what happens when the program ends by itself; null means ExitContainer
 * @param inPlaceRestart when a program that was started again counts as failed; null means the
 *     defaults
 * @param logs log files of the program; null means none
 * @param consumers how many consumers of its queue it may be; null means no bound
 * @param restart its restart once a day; null means none
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("What you want of the worker.")
@ValidationRule(
    value =
        "!has(self.container) || self.template.spec.containers.exists(c, c.name == self.container)",
    messageExpression =
        "'no container of the template is called ' + self.container + '; remove the field or name one of template.spec.containers'",
    fieldPath = ".container")
@ValidationRule(
    value =
        "has(self.deploymentName) == has(oldSelf.deploymentName) && (!has(self.deploymentName) || self.deploymentName == oldSelf.deploymentName)",
    message =
        "deploymentName cannot be added, changed or removed: the pods would run twice; create a new MonolithWorker instead")
@ValidationRule(
    value = "self.?progressDeadlineSeconds.orValue(600) > self.?minReadySeconds.orValue(0)",
    message =
        "progressDeadlineSeconds (600 when absent) must be greater than minReadySeconds: no rollout could ever succeed")
@ValidationRule(
    value = "self.?drain.?program.orValue('Auto') != 'Wrap' || " + MonolithWorkerSpec.HAS_COMMAND,
    message =
        "drain.program Wrap needs a command in the program's container, because the entrypoint of its image is not known here; write it into command, or set Auto or Hook",
    fieldPath = ".drain")
@ValidationRule(
    value =
        "self.?onExit.orValue('ExitContainer') != 'RestartInPlace' || (self.?drain.?program.orValue('Auto') in ['Auto', 'Wrap'] && "
            + MonolithWorkerSpec.HAS_COMMAND
            + ")",
    message =
        "onExit RestartInPlace works only where the drain program starts the program: write the entrypoint into the container's command and leave drain.program at Auto",
    fieldPath = ".onExit")
@ValidationRule(
    value =
        "size(self.?logs.?files.orValue([])) == 0 || (self.?drain.?program.orValue('Auto') in ['Auto', 'Wrap'] && "
            + MonolithWorkerSpec.HAS_COMMAND
            + ")",
    message =
        "logs.files works only where the drain program starts the program: write the entrypoint into the container's command and leave drain.program at Auto",
    fieldPath = ".logs")
@ValidationRule(
    value =
        "!has(self.inPlaceRestart) || self.?onExit.orValue('ExitContainer') == 'RestartInPlace'",
    message = "inPlaceRestart goes with onExit RestartInPlace only; remove it or set onExit",
    fieldPath = ".inPlaceRestart")
@ValidationRule(
    value =
        "!has(self.template.spec.terminationGracePeriodSeconds) || !(has(self.drain) && (has(self.drain.longestJobSeconds) || has(self.drain.longestWaitSeconds))) || self.template.spec.terminationGracePeriodSeconds >= (has(self.drain.busyFile) ? 2 : 1) * (self.drain.?longestJobSeconds.orValue(0) + self.drain.?longestWaitSeconds.orValue(0)) + 5",
    message =
        "template.spec.terminationGracePeriodSeconds is less than drain.longestWaitSeconds + longestJobSeconds (twice that with a busyFile) + 5, so the longest job would be cut; remove it, so that Monolift computes it, or correct the others",
    fieldPath = ".template")
@ValidationRule(
    value =
        "self.?deletionPolicy.orValue('Delete') != 'Orphan' || !self.?drain.?holdPods.orValue(false)",
    message =
        "drain.holdPods does not go with deletionPolicy Orphan: once this resource is gone, nobody would let go the pods that it leaves; set one of them back",
    fieldPath = ".drain")
@ValidationRule(
    value =
        "self.?deletionPolicy.orValue('Delete') != 'Orphan' || !has(self.consumers) || !has(self.consumers.max)",
    message =
        "consumers.max does not go with deletionPolicy Orphan: once this resource is gone, nobody would start the pods that wait at the gate; set one of them back",
    fieldPath = ".consumers")
@ValidationRule(
    value = "!has(self.template.spec.nodeName) || !has(self.consumers) || !has(self.consumers.max)",
    message =
        "consumers.max does not go with template.spec.nodeName: Kubernetes gives a pod that waits at a gate no node; use nodeSelector instead",
    fieldPath = ".template")
public record MonolithWorkerSpec(
    @JsonPropertyDescription(
            "Number of pods. Zero stops the worker. `kubectl scale` and a HorizontalPodAutoscaler change this field.")
        @SpecReplicas
        @Min(0)
        @Default("1")
        @Nullable Integer replicas,
    @JsonPropertyDescription("The pods, an ordinary core/v1 PodTemplateSpec as in a Deployment.")
        @Required
        @ValidationRule(
            value = "!has(self.spec.restartPolicy) || self.spec.restartPolicy == 'Always'",
            message =
                "spec.restartPolicy must be Always or absent: a worker is restarted whenever it exits")
        @ValidationRule(
            value = "!has(self.spec.activeDeadlineSeconds)",
            message =
                "spec.activeDeadlineSeconds must be absent: a Deployment's pods have no deadline")
        @ValidationRule(
            value =
                "!has(self.metadata) || !has(self.metadata.labels) || self.metadata.labels.all(key, !key.startsWith('monolift.dev/'))",
            message = "metadata.labels must not use the prefix monolift.dev/: it is Monolift's own")
        @ValidationRule(
            value =
                "!has(self.metadata) || !has(self.metadata.annotations) || self.metadata.annotations.all(key, !key.startsWith('monolift.dev/'))",
            message =
                "metadata.annotations must not use the prefix monolift.dev/: it is Monolift's own")
        @ValidationRule(
            value =
                "!has(self.spec.schedulingGates) || !self.spec.schedulingGates.exists(gate, gate.name.startsWith('monolift.dev/'))",
            message =
                "spec.schedulingGates must not use the prefix monolift.dev/: it is Monolift's own; set consumers.max to have pods wait for their start")
        PodTemplateSpec template,
    @JsonPropertyDescription(
            "Name of the container that runs the PHP program. Default: the first container of the template.")
        @Size(max = DnsLabel.LENGTH)
        @Nullable String container,
    @JsonPropertyDescription(
            "Name of the Deployment. Default: the name of this resource. Cannot be changed afterwards.")
        @Size(max = DnsLabel.LENGTH)
        @ValidationRule(
            value = "self.matches('" + DnsLabel.REGEX + "')",
            message =
                "deploymentName must consist of a-z, 0-9 and '-', starting and ending with a letter or digit")
        @Nullable String deploymentName,
    @JsonPropertyDescription("How a rollout replaces pods, as in a Deployment.")
        @ValidationRule(
            value =
                "!has(self.rollingUpdate) || self.?type.orValue('RollingUpdate') == 'RollingUpdate'",
            message =
                "rollingUpdate goes with type RollingUpdate only; remove it or change the type")
        @ValidationRule(
            value =
                "!has(self.rollingUpdate) || !has(self.rollingUpdate.maxSurge) || !has(self.rollingUpdate.maxUnavailable) || !(self.rollingUpdate.maxSurge == 0 || self.rollingUpdate.maxSurge == '0%') || !(self.rollingUpdate.maxUnavailable == 0 || self.rollingUpdate.maxUnavailable == '0%')",
            message =
                "rollingUpdate.maxSurge and maxUnavailable must not both be 0: no pod could ever be replaced")
        @Nullable DeploymentStrategy strategy,
    @JsonPropertyDescription(
            "Seconds that a new pod must be ready before it counts as available. Default 0.")
        @Min(0)
        @Nullable Integer minReadySeconds,
    @JsonPropertyDescription(
            "Seconds after which a rollout without progress is reported as failed. Default 600.")
        @Min(1)
        @Nullable Integer progressDeadlineSeconds,
    @JsonPropertyDescription("Number of old ReplicaSets that are kept for a rollback. Default 10.")
        @Min(0)
        @Nullable Integer revisionHistoryLimit,
    @JsonPropertyDescription(
            "What to do with a Deployment of this name that Monolift did not create. Never (default): leave it alone and say so. DryRun: leave it alone and show in a condition what would change. Take: take it over, keeping its selector.")
        @Nullable Adopt adopt,
    @JsonPropertyDescription(
            "What becomes of the Deployment and its pods when this resource is deleted. Delete (default): they are deleted too. Orphan: they run on, without an owner.")
        @Nullable DeletionPolicy deletionPolicy,
    @JsonPropertyDescription(
            "How the pods resolve host names: fewer DNS queries for the same answers.")
        @Nullable DnsSpec dns,
    @JsonPropertyDescription("How a pod ends without cutting the job that it works on.")
        @Nullable DrainSpec drain,
    @JsonPropertyDescription(
            "What happens when the program ends by itself. ExitContainer (default): the container ends with it and Kubernetes starts it again, with a growing delay. RestartInPlace: the drain program (as Wrap) starts it again inside the container, for programs that exit on purpose (--max-jobs, --max-time).")
        @Nullable OnExit onExit,
    @JsonPropertyDescription(
            "When a program that was started again inside its container counts as failed. Only with onExit RestartInPlace.")
        @Nullable InPlaceRestart inPlaceRestart,
    @JsonPropertyDescription("Log files that the program writes.") @Nullable LogsSpec logs,
    @JsonPropertyDescription("How many consumers of its queue the worker may be.")
        @Nullable ConsumersSpec consumers,
    @JsonPropertyDescription(
            "Restart of the pods once a day, for programs that leak memory. Default: none.")
        @Nullable RestartSpec restart) {

  /** CEL: the program's container says what it runs. */
  static final String HAS_COMMAND =
      "(has(self.container) ? self.template.spec.containers.exists(c, c.name == self.container && size(c.?command.orValue([])) > 0) : size(self.template.spec.containers[0].?command.orValue([])) > 0)";

  /** What happens when the program ends by itself. */
  public enum OnExit {
    /** The drain program starts it again inside the container. */
    RestartInPlace,
    /** The container ends with it. */
    ExitContainer
  }

  /** What to do with a Deployment of the wanted name that belongs to somebody else. */
  public enum Adopt {
    /** Leave it alone and report it. */
    Never,
    /** Leave it alone and show what would change. */
    DryRun,
    /** Take it over, keeping its selector. */
    Take
  }

  /** What becomes of the Deployment when the resource is deleted. */
  public enum DeletionPolicy {
    /** Children are garbage collected with the resource. */
    Delete,
    /** Children have no owner reference and stay. */
    Orphan
  }
}
