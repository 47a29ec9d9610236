package dev.monolift.crd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.GoldenFile;
import dev.monolift.testcluster.TestCluster;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.api.model.apiextensions.v1.ValidationRule;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code kubectl apply} says about good and bad files, on a real API server. */
final class CrdValidationIT {
  private static final String COMMAND =
      "mvn -q verify -Dit.test=CrdValidationIT -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false -Dgolden.update";

  private static final String RESOURCE_VERSION = "jsonpath={.metadata.resourceVersion}";

  @BeforeAll
  static void install() {
    kubectl().installCrds();
  }

  static List<CrdCase> valid() {
    return CrdCase.in("valid");
  }

  static List<CrdCase> invalid() {
    return CrdCase.in("invalid");
  }

  @ParameterizedTest
  @MethodSource("valid")
  void aGoodFileIsAccepted(CrdCase file) {
    var kubectl = kubectl();
    for (String document : file.documents()) {
      kubectl.apply(document).orFail();
    }
    String applied = kubectl.apply(file.documents().getLast(), "-o", RESOURCE_VERSION).orFail();
    String again = kubectl.apply(file.documents().getLast(), "-o", RESOURCE_VERSION).orFail();
    assertThat(again).as("version after one more apply of the same file").isEqualTo(applied);
  }

  @ParameterizedTest
  @MethodSource("invalid")
  void aBadFileIsRefusedWithItsMessage(CrdCase file) {
    var kubectl = kubectl();
    List<String> documents = file.documents();
    documents.subList(0, documents.size() - 1).forEach(good -> kubectl.apply(good).orFail());
    var result = kubectl.apply(documents.getLast());
    assertThat(result.exitCode()).as("%s: %s", file, result.out()).isEqualTo(1);
    GoldenFile.check(file.file(), file.withExpected(result.err()), COMMAND);
  }

  @Test
  void everyRuleHasABadFile() {
    String told = invalid().stream().map(CrdCase::expected).collect(Collectors.joining());
    var untested =
        CrdFile.all()
            .map(crd -> crd.definition().getSpec().getVersions().getFirst().getSchema())
            .flatMap(schema -> rules(schema.getOpenAPIV3Schema()))
            .filter(rule -> !told.contains(words(rule)))
            .map(ValidationRule::getRule);
    assertThat(untested).as("rules that no file in invalid/ breaks").isEmpty();
  }

  private static Stream<ValidationRule> rules(JSONSchemaProps schema) {
    return Stream.concat(
        schema.getXKubernetesValidations().stream(),
        Stream.concat(
                schema.getProperties().values().stream(),
                Stream.ofNullable(schema.getItems()).map(items -> items.getSchema()))
            .flatMap(CrdValidationIT::rules));
  }

  /** The message, or the first literal of the expression that makes it. */
  private static String words(ValidationRule rule) {
    if (rule.getMessage() != null) {
      return rule.getMessage();
    }
    String expression = rule.getMessageExpression();
    return expression.substring(1, expression.indexOf('\'', 1));
  }

  private static Kubectl kubectl() {
    TestCluster cluster = TestCluster.shared();
    return new Kubectl(cluster, cluster.newNamespace("crd"));
  }
}
