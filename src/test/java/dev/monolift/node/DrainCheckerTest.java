package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.node.LedgerLine.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The checker finds what it is there for, and nothing else. */
class DrainCheckerTest {
  private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
  private static final int BUDGET = 4000;

  private final List<LedgerLine> ledger = new ArrayList<>();
  private final List<PodLife> pods = new ArrayList<>();
  private final List<Verdict> verdicts = new ArrayList<>();
  private final List<Absence> absences = new ArrayList<>();
  private long counted = -1;

  private static Instant at(int second) {
    return START.plusSeconds(second);
  }

  private void line(long job, int millis, String pod, Event event) {
    ledger.add(new LedgerLine(job, "mail", millis, pod, event));
  }

  private void pod(String name, int ended) {
    pods.add(new PodLife(name, "mail", false, true, at(ended - 2), at(ended), at(ended), 0));
  }

  private void verdict(String pod, String verdict, int seen) {
    verdicts.add(new Verdict(pod, verdict, "Reason", "ScaleIn", "sentence", at(seen)));
  }

  private DrainChecker.Report report() {
    var evidence =
        new Evidence(
            ledger,
            pods,
            verdicts,
            Map.of("mail", counted < 0 ? verdicts.size() : counted),
            List.of(new Deed("mail", at(0), "Rollout"), new Deed("mail", at(5), "ScaleIn")),
            absences);
    return DrainChecker.judge(evidence, Set.of("mail"), BUDGET);
  }

  private String fault() {
    var faults = report().faults();
    assertThat(faults).hasSize(1);
    return faults.getFirst();
  }

  private void goodPod() {
    line(1, 1000, "a", Event.started);
    line(1, 1000, "a", Event.finished);
    line(2, 1000, "a", Event.started);
    line(2, 1000, "a", Event.returned);
    line(2, 1000, "b", Event.started);
    line(2, 1000, "b", Event.finished);
    pod("a", 20);
    verdict("a", "Clean", 21);
  }

  @Test
  void aGoodRunHasNoFault() {
    goodPod();
    assertThat(report())
        .isEqualTo(new DrainChecker.Report(List.of(), 1, Duration.ofSeconds(1), Duration.ZERO));
    assertThat(new JobBooks(ledger).tallies())
        .isEqualTo(Map.of("mail", new JobBooks.Tally(3, 2, 1, 0)));
  }

  @Test
  void aJobThatWasCutIsFound() {
    goodPod();
    line(3, BUDGET, "c", Event.started);
    pod("c", 30);
    verdict("c", "Killed", 31);
    assertThat(fault()).startsWith("job 3 of 4000 ms").contains("was cut with pod c", "Killed");
    assertThat(new JobBooks(ledger).tallies().get("mail"))
        .isEqualTo(new JobBooks.Tally(4, 2, 1, 1));
  }

  @Test
  void aJobThatAnotherPodFinishedWasCutAllTheSame() {
    line(3, 1000, "c", Event.started);
    line(3, 1000, "d", Event.started);
    line(3, 1000, "d", Event.finished);
    pod("c", 30);
    verdict("c", "Cut", 31);
    assertThat(report().faults())
        .anySatisfy(fault -> assertThat(fault).startsWith("job 3 was taken twice"))
        .anySatisfy(fault -> assertThat(fault).contains("was cut with pod c"));
  }

  @Test
  void aJobOverTheBudgetMayBeCutButNotInSilence() {
    line(3, BUDGET + 1, "c", Event.started);
    pod("c", 30);
    verdict("c", "Killed", 31);
    assertThat(report().faults()).isEmpty();
    verdicts.clear();
    verdict("c", "Clean", 31);
    assertThat(fault()).startsWith("by the ledger of pod c job 3 was cut, but: ").contains("Clean");
  }

  @Test
  void aFalseAlarmIsFound() {
    goodPod();
    verdicts.clear();
    verdict("a", "Killed", 21);
    assertThat(fault()).startsWith("by the ledger of pod a no job was cut, but: ");
  }

  @Test
  void aJobDoneTwiceOrByNobodyIsFound() {
    line(3, 1000, "c", Event.started);
    line(3, 1000, "c", Event.finished);
    line(3, 1000, "d", Event.finished);
    assertThat(report().faults())
        .anySatisfy(fault -> assertThat(fault).startsWith("job 3 was done twice"))
        .anySatisfy(fault -> assertThat(fault).startsWith("job 3 has an end without a start"));
  }

  @Test
  void aMissingVerdictIsFound() {
    goodPod();
    pod("c", 30);
    assertThat(fault()).startsWith("pod c has no verdict");
  }

  @Test
  void aPodThatNeverRanNeedsNone() {
    pods.add(new PodLife("c", "mail", false, false, at(10), at(11), at(11), null));
    assertThat(report().faults()).isEmpty();
  }

  @Test
  void aPodThatHasNotEndedIsFound() {
    pods.add(new PodLife("c", "mail", true, true, null, null, null, null));
    assertThat(fault()).isEqualTo("pod c has not ended");
  }

  @Test
  void unknownIsFound() {
    pod("c", 30);
    verdict("c", "Unknown", 31);
    assertThat(report().faults())
        .anySatisfy(fault -> assertThat(fault).startsWith("nobody knows how pod c ended"));
  }

  @Test
  void aLateVerdictIsFound() {
    pod("c", 30);
    verdict("c", "Clean", 41);
    assertThat(fault()).isEqualTo("the verdict on pod c came 11000 ms after its end");
    assertThat(report().slowest()).isEqualTo(Duration.ofSeconds(11));
  }

  @Test
  void whatEndsWhileNoOperatorLeadsIsDueWhenOneLeadsAgain() {
    pod("c", 30);
    verdict("c", "Clean", 63);
    absences.add(new Absence(at(32), at(60)));
    assertThat(report())
        .isEqualTo(new DrainChecker.Report(List.of(), 1, Duration.ZERO, Duration.ofSeconds(3)));
    verdicts.clear();
    verdict("c", "Clean", 71);
    assertThat(fault()).isEqualTo("the verdict on pod c came 11000 ms after an operator led again");
  }

  @Test
  void anAbsenceAfterTheVerdictExcusesNothing() {
    pod("c", 30);
    verdict("c", "Clean", 34);
    absences.add(new Absence(at(35), at(60)));
    assertThat(report().slowest()).isEqualTo(Duration.ofSeconds(4));
    assertThat(report().slowestAfterAbsence()).isZero();
  }

  @Test
  void aWrongCauseIsFound() {
    pods.add(new PodLife("c", "mail", false, true, at(4), at(6), at(6), 0));
    verdict("c", "Clean", 7);
    assertThat(fault()).startsWith("pod c ended by Rollout, not as it is said: ");
  }

  @Test
  void aPodThatIsCountedTwiceIsFound() {
    goodPod();
    counted = 2;
    assertThat(fault()).isEqualTo("mail counts 2 ended pods, but has told of 1");
  }
}
