package dev.monolift.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * One queue worker program of the monolith (one supervisord program on the virtual machine), run as
 * one Deployment.
 */
@Group("monolift.dev")
@Version("v1alpha1")
@Kind("MonolithWorker")
@Plural("monolithworkers")
@ShortNames("mw")
@Categories("monolift")
@JsonClassDescription(
    "One queue worker program of the monolith (one supervisord program on the virtual machine), run as one Deployment.")
@ValidationRule(
    value =
        "self.metadata.name.size() <= 63 && self.metadata.name.matches('" + DnsLabel.REGEX + "')",
    message =
        "metadata.name must be at most 63 characters of a-z, 0-9 and '-', starting and ending with a letter or digit: it becomes a label of the pods")
@AdditionalPrinterColumn(
    name = "Desired",
    jsonPath = ".spec.replicas",
    type = AdditionalPrinterColumn.Type.INTEGER,
    getDescription = "Number of pods wanted.")
@AdditionalPrinterColumn(
    name = "Up-To-Date",
    jsonPath = ".status.updatedReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER,
    getDescription = "Number of pods of the newest template.")
@AdditionalPrinterColumn(
    name = "Ready",
    jsonPath = ".status.readyReplicas",
    type = AdditionalPrinterColumn.Type.INTEGER,
    getDescription = "Number of ready pods.")
@AdditionalPrinterColumn(
    name = "Status",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    getDescription = "Reason of the condition Ready.")
@AdditionalPrinterColumn(
    name = "Drains",
    jsonPath = ".status.conditions[?(@.type==\"DrainsClean\")].reason",
    getDescription = "Clean when no job was cut by the end of the last ten pods, else what did it.")
@AdditionalPrinterColumn(
    name = "Message",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].message",
    priority = 1,
    getDescription = "Message of the condition Ready; shown with -o wide.")
@AdditionalPrinterColumn(
    name = "Age",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE,
    getDescription = "Time since the resource was created.")
@SuppressWarnings("serial")
public final class MonolithWorker extends CustomResource<MonolithWorkerSpec, MonolithWorkerStatus>
    implements Namespaced {
  /** An empty resource, for deserialisation. */
  public MonolithWorker() {}
}
