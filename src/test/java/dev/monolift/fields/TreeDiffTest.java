package dev.monolift.fields;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TreeDiffTest {
  private static final String LIVE =
      """
      {"spec":{"replicas":7,"selector":{"matchLabels":{"a":"b"}},"containers":[
        {"name":"php","image":"a:1","imagePullPolicy":"IfNotPresent","env":[{"name":"A","value":"1"},{"name":"B"}],
         "ports":[{"containerPort":80,"protocol":"TCP"}],"args":["x","y"]},
        {"name":"old","image":"old"}]}}
      """;

  private static List<String> diff(String desired, FieldPath... owned) {
    return TreeDiff.of(
            Json.parse(LIVE), Json.parse(desired), new FieldSet(new TreeSet<>(List.of(owned))))
        .stream()
        .map(c -> c.path() + ": " + c.before() + " -> " + c.after())
        .toList();
  }

  @Test
  void whatIsNotSentIsNoDifference() {
    assertThat(
            diff(
                "{\"spec\":{\"containers\":[{\"name\":\"php\",\"ports\":[{\"containerPort\":80}]}]}}"))
        .isEmpty();
  }

  @Test
  void valuesItemsAndWholesAreTold() {
    assertThat(
            diff(
                """
                {"spec":{"replicas":1,"selector":{"matchLabels":{"a":"c"}},"containers":[
                  {"name":"php","image":"a:2","env":[{"name":"C"}],"args":["x"]}]}}
                """))
        .containsExactly(
            "spec.replicas: 7 -> 1",
            "spec.selector: {\"matchLabels\":{\"a\":\"b\"}} -> {\"matchLabels\":{\"a\":\"c\"}}",
            "spec.containers[php].image: \"a:1\" -> \"a:2\"",
            "spec.containers[php].env[C]: null -> {\"name\":\"C\"}",
            "spec.containers[php].args: [\"x\",\"y\"] -> [\"x\"]");
  }

  @Test
  void anotherOrderIsADifference() {
    assertThat(
            diff(
                "{\"spec\":{\"containers\":[{\"name\":\"php\",\"env\":[{\"name\":\"B\"},{\"name\":\"A\"}]}]}}"))
        .hasSize(1)
        .allMatch(line -> line.startsWith("spec.containers[php].env:"));
  }

  @Test
  void whatIsOwnedAndNotSentVanishesUnlessItComesBackAsADefault() {
    FieldPath php = FieldPath.of("spec", "containers").then("k:{\"name\":\"php\"}");
    FieldPath old = FieldPath.of("spec", "containers").then("k:{\"name\":\"old\"}");

    assertThat(
            diff(
                "{\"spec\":{\"containers\":[{\"name\":\"php\"}]}}",
                php,
                php.field("image"),
                php.field("imagePullPolicy"),
                old,
                old.field("image")))
        .containsExactly(
            "spec.containers[old]: {\"name\":\"old\",\"image\":\"old\"} -> null",
            "spec.containers[php].image: \"a:1\" -> null");
  }
}
