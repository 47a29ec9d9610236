package dev.monolift.crd;

import dev.monolift.GoldenFile;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code docs/reference.md} says what the definitions say. */
final class ReferenceTest {
  private static final String COMMAND = "mvn -q test -Dtest=ReferenceTest -Dgolden.update";

  private static final String HEAD =
      """
      # Reference

      <!-- Generated from src/main/java/dev/monolift/api. Do not edit; run: %s -->

      Every field of every kind. The same texts are in `kubectl explain`, for example
      `kubectl explain monolithworker.spec.dns.endpoints`.

      """
          .formatted(COMMAND);

  @Test
  void thePageIsWhatTheDefinitionsSay() {
    String page =
        CrdFile.all()
            .map(CrdFile::definition)
            .map(ReferencePage::of)
            .collect(Collectors.joining("\n", HEAD, ""));
    GoldenFile.check(Path.of("docs/reference.md"), page, COMMAND);
  }
}
