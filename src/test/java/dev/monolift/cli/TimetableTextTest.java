package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.monolift.restart.Failure;
import dev.monolift.restart.GroupRecord;
import dev.monolift.restart.Holder;
import dev.monolift.restart.Outcome;
import dev.monolift.restart.Result;
import dev.monolift.restart.Timetable;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.CronJobBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class TimetableTextTest {
  private static final Instant NOW = Instant.parse("2026-03-08T12:00:00Z");

  private static CronJob cronJob(String worker, String schedule, boolean suspend) {
    return new CronJobBuilder()
        .withNewMetadata()
        .withNamespace("shop")
        .withName(worker + "-restart")
        .endMetadata()
        .withNewSpec()
        .withSchedule(schedule)
        .withTimeZone("Asia/Tokyo")
        .withSuspend(suspend)
        .withNewJobTemplate()
        .withNewSpec()
        .withNewTemplate()
        .withNewSpec()
        .addNewContainer()
        .withCommand("monolift", "restart", "run")
        .withArgs("--worker=" + worker, "--group", worker.equals("lone") ? "lone" : "queue")
        .endContainer()
        .endSpec()
        .endTemplate()
        .endSpec()
        .endJobTemplate()
        .endSpec()
        .build();
  }

  private static Timetable timetable() {
    var result =
        new Result("mail", "j", Instant.parse("2026-03-07T17:18:00Z"), Outcome.Failed, "Broken.");
    var record =
        new GroupRecord(
            List.of(new Holder("push", "k", NOW.minusSeconds(60), NOW.plusSeconds(60))),
            new Failure("mail", result.at(), "Broken."),
            List.of(result));
    CronJob backup = cronJob("backup", "1 1 * * *", false);
    var container =
        backup.getSpec().getJobTemplate().getSpec().getTemplate().getSpec().getContainers();
    container.getFirst().setCommand(List.of("backup"));
    return Timetable.of(
        List.of(
            cronJob("lone", "*/5 * * * *", false),
            cronJob("push", "40 2 * * *", true),
            cronJob("mail", "17 2 * * *", false),
            backup),
        List.of(
            new Timetable.Group("shop", "queue", record, ""),
            new Timetable.Group("shop", "lone", null, "holders is no list"),
            new Timetable.Group("mail", "queue", GroupRecord.EMPTY, "")),
        NOW);
  }

  @Test
  void peopleReadTheirOwnTime() {
    assertThat(TimetableText.of(timetable(), NOW))
        .isEqualTo(
            """
            NEXT                             IN          WORKER     GROUP  LAST
            Mon 2026-03-09 02:17 Asia/Tokyo  5 h 17 min  shop/mail  queue  Failed Sun 2026-03-08 02:18: Broken.
            */5 * * * * Asia/Tokyo           -           shop/lone  lone   -
            suspended                        -           shop/push  queue  Restarting since Sun 2026-03-08 20:59

            Group shop/lone is stopped. Its record cannot be read: holders is no list.
              Once that is put right: monolift restart clear lone -n shop

            Group shop/queue is stopped since 2026-03-07T17:18:00Z because of worker mail. Broken.
              Once that is put right: monolift restart clear queue -n shop
            """);
  }

  @Test
  void nothingIsSaidInASentence() {
    assertThat(TimetableText.of(new Timetable(List.of(), List.of()), NOW))
        .isEqualTo("No worker is restarted once a day here.\n");
  }

  @Test
  void programsReadUtc() throws JsonProcessingException {
    assertThat(TimetableText.json(timetable()))
        .contains(
            "\"next\" : \"2026-03-08T17:17:00Z\"",
            "\"restartingSince\" : \"2026-03-08T11:59:00Z\"",
            "\"clear\" : \"monolift restart clear queue -n shop\"");
  }
}
