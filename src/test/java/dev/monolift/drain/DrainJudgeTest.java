package dev.monolift.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.GoldenFile;
import dev.monolift.api.v1alpha1.DrainStatus.Verdict;
import dev.monolift.drain.DrainCells.Cell;
import dev.monolift.proof.Proof;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Every cell of the table of verdicts: what it is, what is said, and what holds for all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DrainJudgeTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/monolift/drain");
  private static final String COMMAND = "mvn -q test -Dtest=DrainJudgeTest -Dgolden.update";
  private static final Set<String> MADE_UP = Set.of("ContainerStatusUnknown", "Unknown");

  private final Map<Cell, Judgement> judged = new LinkedHashMap<>();

  DrainJudgeTest() {
    DrainCells.all().forEach(cell -> judged.put(cell, DrainJudge.judge(cell.pod())));
  }

  @Test
  void theTableIsWhatWasReviewed() {
    var lines =
        DrainCells.table(
            cell -> {
              Judgement judgement = Objects.requireNonNull(judged.get(cell));
              return judgement.verdict() + " " + judgement.reason();
            });
    GoldenFile.check(FOLDER.resolve("verdicts.txt"), String.join("\n", lines) + "\n", COMMAND);
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    judged.values().forEach(it -> counts.merge(it.verdict(), 1, Integer::sum));
    assertThat(counts.keySet()).containsExactlyInAnyOrder(Verdict.values());
    Proof.fact(
        Proof.Chapter.DRAIN,
        "every combination of container reason, exit code, drain report, finding, busy file, way of"
            + " going and sidecar has a reviewed verdict with a reason and a sentence",
        judged.size() + " cells: " + counts);
  }

  @Test
  void whatIsSaidIsWhatWasReviewed() {
    var said = new TreeMap<String, String>();
    judged.values().forEach(it -> said.putIfAbsent(it.verdict() + " " + it.reason(), it.message()));
    Judgement notSeen = Judgement.notSeen();
    said.put(notSeen.verdict() + " " + notSeen.reason(), notSeen.message());
    String text =
        said.entrySet().stream()
            .map(entry -> entry.getKey() + "\n  " + entry.getValue() + "\n")
            .collect(Collectors.joining());
    GoldenFile.check(FOLDER.resolve("verdict-messages.txt"), text, COMMAND);
    assertThat(said.keySet().stream().map(key -> key.substring(key.indexOf(' ') + 1)))
        .as("every reason is the reason of some cell")
        .contains(Arrays.stream(EndReason.values()).map(Enum::name).toArray(String[]::new));
  }

  @Test
  void aJobThatIsLeftIsNeverClean() {
    never("clean", (cell, it) -> cell.ran() && cell.jobLeft() && it.verdict() == Verdict.Clean);
  }

  @Test
  void wantOfMemoryIsNeverHidden() {
    never(
        "something else",
        (cell, it) ->
            cell.get("container").equals("OOMKilled") != (it.verdict() == Verdict.OutOfMemory));
  }

  @Test
  void anEndThatNobodySawIsNeverJudgedByItsExitCode() {
    never(
        "judged",
        (cell, it) ->
            !cell.ran()
                && !Set.of(Verdict.NeverStarted, Verdict.NodeLost, Verdict.Unknown)
                    .contains(it.verdict()));
    never(
        "judged",
        (cell, it) ->
            MADE_UP.contains(cell.get("container"))
                && !cell.get("report").contains("Ended")
                && !Set.of(Verdict.NodeLost, Verdict.Unknown).contains(it.verdict()));
  }

  @Test
  void aKillIsNeverTakenForAnythingElse() {
    never(
        "not killed",
        (cell, it) ->
            Set.of("Completed", "Error").contains(cell.get("container"))
                && cell.exit() == 137
                && !(cell.get("report").equals("Ended 137") && cell.get("busy").equals("gone"))
                // the Hook's own, after the end
                && !cell.get("report").equals("Hook Ended 0")
                && it.verdict() != Verdict.Killed);
  }

  @Test
  void aShellThatAHookHasEndedIsNoCutJob() {
    never(
        "a false alarm",
        (cell, it) ->
            cell.get("report").equals("Hook Ended 0")
                && Set.of("Completed", "Error").contains(cell.get("container"))
                && Set.of(137, 143).contains(cell.exit())
                && !cell.get("way").equals("at the grace")
                && !cell.get("finding").equals(DrainReport.START_FAILED)
                && it.verdict() != (cell.jobLeft() ? Verdict.Cut : Verdict.Clean));
  }

  @Test
  void whatIsSaidIsASentenceThatSaysWhatToDo() {
    never(
        "no sentence",
        (cell, it) ->
            it.message().isBlank()
                || !it.message().endsWith(".")
                || it.message().contains("null")
                || it.message().contains("..")
                || it.message().contains("  ")
                || it.message().length() > 700);
    never(
        "no advice",
        (cell, it) ->
            !DrainsClean.isHarmless(it.verdict())
                && !it.message().endsWith(it.reason().advice().orElse("no advice")));
  }

  @Test
  void otherContainersNeverChangeTheVerdict() {
    never(
        "another verdict",
        (cell, it) -> {
          var alone = new HashMap<>(cell.values());
          alone.put("sidecar", "none");
          return Objects.requireNonNull(judged.get(new Cell(alone))).verdict() != it.verdict();
        });
  }

  private void never(String what, BiPredicate<Cell, Judgement> wrong) {
    judged.forEach(
        (cell, judgement) -> {
          if (wrong.test(cell, judgement)) {
            throw new AssertionError(what + ": " + judgement + " of " + cell);
          }
        });
  }
}
