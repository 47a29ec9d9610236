package dev.monolift.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Without the mark of the last apply. A difference is what applying would change; KernelIT holds
 * the same against a real API server.
 */
class DifferencesTest {
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  private static final String DESIRED =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata: {name: mailer, namespace: shop, labels: {app: mailer}}
      spec:
        replicas: 0
        template:
          spec:
            nodeSelector: {disk: ssd}
            containers:
              - name: php
                image: php:8
                resources: {limits: {cpu: 1000m, memory: 1024Mi}}
                env: [{name: A, value: a}, {name: EMPTY, value: ""}]
                ports: [{containerPort: 9000}]
            tolerations: [{key: a, operator: Exists}]
      """;

  /** As the API server has it after our apply, and kube-controller-manager's first status. */
  private static final String ACTUAL =
      """
      apiVersion: apps/v1
      kind: Deployment
      metadata:
        name: mailer
        namespace: shop
        resourceVersion: "7"
        labels: {app: mailer}
        annotations: {deployment.kubernetes.io/revision: "1"}
        managedFields:
          - manager: monolift
            operation: Apply
            apiVersion: apps/v1
            fieldsV1:
              f:metadata: {f:labels: {f:app: {}}}
              f:spec:
                f:replicas: {}
                f:template:
                  f:spec:
                    f:nodeSelector: {}
                    f:tolerations: {}
                    f:containers:
                      'k:{"name":"php"}':
                        .: {}
                        f:name: {}
                        f:image: {}
                        f:resources: {f:limits: {f:cpu: {}, f:memory: {}}}
                        f:env:
                          'k:{"name":"A"}': {.: {}, f:name: {}, f:value: {}}
                          'k:{"name":"EMPTY"}': {.: {}, f:name: {}, f:value: {}}
                        f:ports:
                          'k:{"containerPort":9000,"protocol":"TCP"}': {.: {}, f:containerPort: {}}
          - manager: kube-controller-manager
            operation: Update
            apiVersion: apps/v1
            subresource: status
            fieldsV1: {f:status: {f:replicas: {}}}
      spec:
        replicas: 0
        progressDeadlineSeconds: 600
        template:
          spec:
            nodeSelector: {disk: ssd}
            restartPolicy: Always
            containers:
              - name: php
                image: php:8
                imagePullPolicy: IfNotPresent
                resources: {limits: {cpu: "1", memory: 1Gi}}
                env: [{name: A, value: a}, {name: EMPTY}]
                ports: [{containerPort: 9000, protocol: TCP}]
            tolerations: [{key: a, operator: Exists}]
      status: {replicas: 3}
      """;

  private static JsonNode json(String yaml) {
    return YAML.convertValue(YAML.unmarshal(yaml, Deployment.class), JsonNode.class);
  }

  private static List<String> differences(String desired, String actual) {
    return Differences.between(json(desired), json(actual)).stream()
        .map(change -> change.path().toString())
        .toList();
  }

  @Test
  void theNormalFormOfWhatWasAppliedIsNoDifference() {
    assertThat(differences(DESIRED, ACTUAL)).isEmpty();
  }

  @Test
  void whatSomebodyElseAppliedIsAllDifferent() {
    assertThat(differences(DESIRED, ACTUAL.replace("manager: monolift", "manager: helm")))
        .containsExactly("metadata.labels", "spec");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "replicas: 0          | replicas: 2             | spec.replicas",
        "php:8                | php:9                   | spec.template.spec.containers[php].image",
        "cpu: 1000m           | cpu: 1001m              | spec.template.spec.containers[php].resources.limits.cpu",
        "value: a             | value: b                | spec.template.spec.containers[php].env[A].value",
        "{disk: ssd}          | {disk: hdd}             | spec.template.spec.nodeSelector",
        "{disk: ssd}          | {disk: ssd, zone: a}    | spec.template.spec.nodeSelector",
        "operator: Exists     | operator: Exists, effect: NoExecute | spec.template.spec.tolerations",
        "labels: {app: mailer} | labels: {app: mailer, a: b} | metadata.labels.a",
        "containerPort: 9000  | containerPort: 9000, protocol: UDP | spec.template.spec.containers[php].ports[9000,UDP]"
      })
  void aChangeOfTheWantedIsADifference(String from, String to, String path) {
    assertThat(differences(DESIRED.replace(from, to), ACTUAL)).contains(path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "f:replicas: {}       | spec.replicas",
        "f:image: {}          | spec.template.spec.containers[php].image",
        "f:nodeSelector: {}   | spec.template.spec.nodeSelector",
        "f:app: {}            | metadata.labels"
      })
  void aFieldThatSomebodyElseTookIsADifference(String field, String path) {
    String key = field.substring(0, field.length() - 4);
    assertThat(differences(DESIRED, ACTUAL.replaceFirst(key + ": \\{}", key + "-other: {}")))
        .anyMatch(difference -> difference.startsWith(path));
  }

  @Test
  void whatIsOwnedAndNoLongerWantedIsADifference() {
    assertThat(differences(DESIRED.replace(", {name: EMPTY, value: \"\"}", ""), ACTUAL))
        .containsExactly("spec.template.spec.containers[php].env[EMPTY]");
    assertThat(
            differences(DESIRED.replace("nodeSelector: {disk: ssd}", "hostNetwork: true"), ACTUAL))
        .containsExactlyInAnyOrder(
            "spec.template.spec.hostNetwork", "spec.template.spec.nodeSelector");
  }

  @Test
  void anotherOrderOfEnvironmentVariablesIsADifference() {
    assertThat(
            differences(
                DESIRED.replace(
                    "[{name: A, value: a}, {name: EMPTY, value: \"\"}]",
                    "[{name: EMPTY, value: \"\"}, {name: A, value: a}]"),
                ACTUAL))
        .containsExactly("spec.template.spec.containers[php].env");
  }

  @Test
  void whatOthersAddedIsNoDifference() {
    assertThat(
            differences(
                DESIRED,
                ACTUAL.replace("env: [{name: A", "env: [{name: INJECTED, value: x}, {name: A")))
        .isEmpty();
  }
}
