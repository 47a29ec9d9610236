package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold whatever the pods do; it looks at effects and at the text of the record only. */
final class RestartRules {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final int maxConcurrent;
  private final Set<String> rolling = new HashSet<>();
  private final Set<String> restartedJobs = new HashSet<>();
  private final Map<String, String> resultOfJob = new HashMap<>();
  private final List<String> history = new ArrayList<>();
  private boolean stopped;
  private int stoppedAt;
  private int conflicts;
  private Set<String> holders = Set.of();

  RestartRules(int maxConcurrent) {
    this.maxConcurrent = maxConcurrent;
  }

  void conflict() {
    conflicts++;
  }

  int conflicts() {
    return conflicts;
  }

  int restarts() {
    return restartedJobs.size();
  }

  Map<String, String> results() {
    return resultOfJob;
  }

  void restarted(String worker, String job, int leaseSeen, boolean wasComplete) {
    history.add("restart " + worker + " by " + job);
    assertThat(wasComplete).as("restart into a rollout: %s", history).isTrue();
    assertThat(restartedJobs.add(job)).as("second restart by one Job: %s", history).isTrue();
    rolling.remove(worker);
    assertThat(rolling.size()).as("too many at a time: %s", history).isLessThan(maxConcurrent);
    rolling.add(worker);
    if (stopped) {
      // With one slot nobody else can fail meanwhile; with more, the news may have been too late.
      assertThat(maxConcurrent > 1 && leaseSeen < stoppedAt)
          .as("restart in a stopped group: %s", history)
          .isTrue();
    }
  }

  void cameUp(String worker) {
    rolling.remove(worker);
  }

  /** The Job's own restart is history then. */
  void deployed(String worker) {
    history.add("deploy " + worker);
    rolling.remove(worker);
  }

  void cleared(String record) {
    history.add("clear");
    stopped = false;
    look(record);
  }

  void recorded(String job, String record, int version, Instant decided) {
    history.add(job + " writes " + record);
    boolean was = stopped;
    Set<String> before = holders;
    JsonNode root = look(record);
    for (JsonNode holder : root.path("holders")) {
      assertThat(
              holder.path("job").asText().equals(job)
                  || !Instant.parse(holder.path("until").asText()).isBefore(decided))
          .as("a silent holder was passed over: %s", history)
          .isTrue();
    }
    boolean is = !root.path("failure").isMissingNode();
    assertThat(was && !is).as("a failure disappeared: %s", history).isFalse();
    if (is && !was) {
      stopped = true;
      stoppedAt = version;
      rolling.remove(root.path("failure").path("worker").asText());
    }
    assertThat(holders)
        .as("more holders than slots: %s", history)
        .hasSizeLessThanOrEqualTo(maxConcurrent);
    if (was) {
      assertThat(before).as("a turn in a stopped group: %s", history).containsAll(holders);
    }
  }

  private JsonNode look(String record) {
    try {
      JsonNode root = JSON.readTree(record);
      var jobs = new HashSet<String>();
      root.path("holders").forEach(holder -> jobs.add(holder.path("job").asText()));
      holders = jobs;
      for (JsonNode result : root.path("results")) {
        String job = result.path("job").asText();
        String now = result.toString();
        String before = resultOfJob.putIfAbsent(job, now);
        assertThat(before == null || before.equals(now))
            .as("two results of %s: %s", job, history)
            .isTrue();
        assertThat(jobs).as("a result while it has its turn: %s", history).doesNotContain(job);
        // nothing is known of a failed rollout any more once somebody has been told
        if (result.path("outcome").asText().equals("Failed")) {
          rolling.remove(result.path("worker").asText());
        }
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new AssertionError(record, e);
    }
  }
}
