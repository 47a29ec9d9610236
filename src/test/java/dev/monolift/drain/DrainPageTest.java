package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.DrainStatus.Cause;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/drain.md} shows what there is. */
final class DrainPageTest {
  private static final Path PAGE = Path.of("docs/drain.md");

  @Test
  void theWorkerOnThePageIsTheOneInTheExamples() throws IOException {
    assertThat(Files.readString(PAGE))
        .contains("```php\n" + Files.readString(Path.of("examples/php/worker.php")) + "```\n");
  }

  @Test
  void everyVerdictReasonAndCauseIsOnThePage() throws IOException {
    String page = Files.readString(PAGE);

    assertThat(Stream.of(Verdict.values(), EndReason.values(), Cause.values()))
        .flatExtracting(Arrays::asList)
        .allSatisfy(word -> assertThat(page).contains("`" + word + "`"));
  }
}
