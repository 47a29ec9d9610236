package dev.monolift.fields;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What the mark of the last apply makes of differences. */
class LastApplyTest {
  private static final FieldPath PHP =
      FieldPath.of("spec", "template", "spec", "containers").then("k:{\"name\":\"php\"}");
  private static final FieldPath IMAGE = PHP.field("image");

  private static JsonNode desired(String image) {
    return Json.parse(
        """
        {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"mail"},"spec":{"replicas":2,
        "template":{"spec":{"containers":[{"name":"php","image":"%s","env":[{"name":"A"},{"name":"B"}]}]}}}}
        """
            .formatted(image));
  }

  /** As an API server stores what was applied. */
  private static ObjectNode applied(JsonNode desired) {
    return owned(Json.tree(LastApply.marked(Json.object(desired, Deployment.class))), path -> true);
  }

  private static ObjectNode owned(JsonNode object, Predicate<FieldPath> ours) {
    ObjectNode live = object.deepCopy();
    live.withObject("/metadata").remove("managedFields");
    var fields = AppliedFields.of(live).filter(ours).toFieldsV1();
    live.withObject("/metadata")
        .putArray("managedFields")
        .addObject()
        .put("manager", "monolift")
        .put("operation", "Apply")
        .set("fieldsV1", Json.tree(fields));
    return live;
  }

  private static ObjectNode php(JsonNode object) {
    return (ObjectNode) object.at("/spec/template/spec/containers/0");
  }

  private static List<String> paths(JsonNode desired, JsonNode live) {
    return Differences.between(desired, live).stream().map(c -> c.path().toString()).toList();
  }

  @Test
  void whatWasAppliedIsNoDifference() {
    assertThat(paths(desired("a:1"), applied(desired("a:1")))).isEmpty();
  }

  @Test
  void aValueThatWasRewrittenOnOurApplyIsNoDifference() {
    ObjectNode live = applied(desired("a:1"));
    php(live).put("image", "mirror.example/a:1").putNull("env");

    assertThat(paths(desired("a:1"), live)).isEmpty();
  }

  @Test
  void aValueThatWasNotSentLastIsADifference() {
    assertThat(Differences.between(desired("a:2"), applied(desired("a:1"))))
        .containsExactly(new Change(IMAGE, Json.parse("\"a:1\""), Json.parse("\"a:2\"")));
  }

  @Test
  void withoutTheMarkOrItsOwnershipValuesAreCompared() {
    ObjectNode live = applied(desired("a:1"));
    php(live).put("image", "mirror.example/a:1");
    ObjectNode foreignMark = owned(live, path -> !path.equals(LastApply.MARK));
    live.withObject("/metadata/annotations").remove(Labels.APPLIED);

    assertThat(paths(desired("a:1"), live)).containsExactly(IMAGE.toString());
    assertThat(paths(desired("a:1"), foreignMark)).containsExactly(IMAGE.toString());
  }

  @Test
  void aFieldThatSomebodyTookIsADifferenceAndOneOfValueOnlyIfItWasChanged() {
    ObjectNode live = owned(applied(desired("a:1")), path -> !path.equals(IMAGE));

    assertThat(Differences.between(desired("a:1"), live))
        .singleElement()
        .matches(change -> change.path().equals(IMAGE) && !change.isOfValue());

    php(live).put("image", "evil:1");

    assertThat(Differences.between(desired("a:1"), live))
        .containsExactly(new Change(IMAGE, Json.parse("\"evil:1\""), Json.parse("\"a:1\"")));
  }

  @Test
  void anObjectWithoutOurEntryDiffersInOwnershipOnly() {
    ObjectNode live = applied(desired("a:1"));
    live.withObject("/metadata").remove("managedFields");

    assertThat(Differences.between(desired("a:1"), live)).isNotEmpty().noneMatch(Change::isOfValue);
  }

  @Test
  void whatIsOwnedAndNoLongerWantedIsADifference() {
    JsonNode less = desired("a:1");
    ((ObjectNode) less.get("spec")).remove("replicas");
    php(less).withArray("/env").remove(1);

    assertThat(paths(less, applied(desired("a:1"))))
        .containsExactlyInAnyOrder("spec.replicas", "spec.template.spec.containers[php].env[B]");
  }

  @Test
  void anotherOrderIsAppliedAgainButMayBeOursAsStored() {
    ObjectNode live = applied(desired("a:1"));
    php(live).set("env", Json.parse("[{\"name\":\"B\"},{\"name\":\"A\"}]"));

    assertThat(Differences.between(desired("a:1"), live))
        .singleElement()
        .matches(change -> change.path().equals(PHP.field("env")) && !change.isOfValue());
    assertThat(Differences.between(desired("a:2"), live)).filteredOn(Change::isOfValue).hasSize(2);
  }

  @Test
  void aPreconditionIsNoPartOfWhatIsWanted() {
    JsonNode desired = desired("a:1");
    ObjectNode live = applied(desired);
    php(live).put("image", "mirror.example/a:1");
    ((ObjectNode) desired.get("metadata")).put("resourceVersion", "7");

    assertThat(paths(desired, live)).isEmpty();
  }
}
