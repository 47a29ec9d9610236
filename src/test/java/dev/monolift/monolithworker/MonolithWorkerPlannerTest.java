package dev.monolift.monolithworker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.api.v1alpha1.MonolithWorkerStatus;
import dev.monolift.dns.ClusterDns;
import dev.monolift.plan.Plan;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every behaviour of the planner as one folder: what is there, and what is planned. */
class MonolithWorkerPlannerTest {
  static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");
  private final MonolithWorkerPlanner planner =
      new MonolithWorkerPlanner(ClusterDns.DEFAULT, LivePlanner.PROGRAM, "example.test/monolift:1");

  static List<GoldenCase> cases() {
    return GoldenCase.all();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void plansWhatTheFolderSays(GoldenCase golden) {
    assertThat(golden.unused()).as("files that no test reads, in " + golden.folder()).isEmpty();
    assertThat(golden.has("in-worker.yaml")).as("in-worker.yaml in " + golden.folder()).isTrue();
    golden.checkPlan(text(planner.plan(golden.worker(), golden.observation(), NOW)));
  }

  @Test
  void hasACasePerBehaviour() {
    assertThat(GoldenCase.all()).hasSizeGreaterThanOrEqualTo(50);
  }

  /** A plan for people: empty lists are left out. */
  static String text(Plan<MonolithWorkerStatus> plan) {
    Map<String, Object> parts = new LinkedHashMap<>();
    put(parts, "transfers", plan.transfers());
    put(parts, "apply", plan.apply());
    put(parts, "delete", plan.delete());
    if (plan.gate() != null) {
      parts.put("gate", plan.gate());
    }
    parts.put("status", plan.status());
    put(parts, "events", plan.events());
    parts.put("requeueAfter", plan.requeueAfter().toString());
    return GoldenCase.YAML.asYaml(parts);
  }

  private static void put(Map<String, Object> parts, String name, List<?> list) {
    if (!list.isEmpty()) {
      parts.put(name, list);
    }
  }
}
