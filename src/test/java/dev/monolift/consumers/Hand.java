package dev.monolift.consumers;

import static dev.monolift.consumers.Scene.MOVED_ON;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Carries out the steps of a history, as people, controllers and nodes would. */
final class Hand {
  /** Name of the leader's lease. */
  static final String LEADER = "leader";

  private final Scene scene;
  private final Members members;
  private final int slots;
  private final Random random;
  private int template;
  private int restarts;

  /**
   * A hand.
   *
   * @param scene where
   * @param members the operators
   * @param history what is carried out
   */
  Hand(Scene scene, Members members, History history) {
    this.scene = scene;
    this.members = members;
    this.slots = history.crew().size;
    this.random = new Random(history.seed());
  }

  /** The template that the worker has now. */
  String template() {
    return Integer.toString(template);
  }

  void perform(Step step) throws InterruptedException {
    switch (step) {
      case Step.Scale(int replicas) -> scale(replicas);
      case Step.DoubleRollout(int pauseMillis) -> {
        rollOut();
        Thread.sleep(pauseMillis);
        rollOut();
      }
      case Step.Restart() -> restart();
      case Step.Delete(int pods) -> some(pods, Hand::isRunning, pod -> delete(pod, "{}"));
      case Step.ForceDelete() ->
          some(1, _ -> true, pod -> delete(pod, "{\"gracePeriodSeconds\":0}"));
      case Step.Evict(int pods) -> some(pods, Hand::isAlive, this::evict);
      case Step.Fail() -> some(1, Hand::isRunning, pod -> phase(pod, "Failed"));
      case Step.Drain(int node) -> drain(node);
      case Step.Uncordon(int node) -> cordon(node, false);
      case Step.End(int pods, Step.How how) ->
          some(pods, Hand::isTerminating, pod -> end(pod, how));
      case Step.Max(int max) -> patchWorker("{\"spec\":{\"consumers\":{\"max\":" + max + "}}}");
      case Step.Kill(int slot) -> member(slot, Member::kill);
      case Step.KillAt(int slot, int write, boolean after) ->
          member(slot, member -> member.killAt(write, after));
      case Step.Start(int slot) -> members.start(slot);
      case Step.Pause(int slot) -> member(slot, Member::pause);
      case Step.Resume(int slot) -> member(slot, Member::resume);
      case Step.LeaderChange() -> usurp();
      case Step.LongLeaderChange(boolean kill) -> replaceLeader(kill);
    }
  }

  private void member(int slot, Consumer<Member> what) {
    var member = members.at(slot);
    if (member != null) {
      what.accept(member);
    }
  }

  private void scale(int replicas) {
    scene
        .api()
        .send(
            "PATCH",
            scene.workerPath() + "/scale",
            Api.MERGE,
            "{\"spec\":{\"replicas\":" + replicas + "}}",
            MOVED_ON);
  }

  private void rollOut() {
    template++;
    patchWorker(
        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"%s\":\"%d\"}}}}}"
            .formatted(Fact.TEMPLATE, template));
  }

  private void patchWorker(String patch) {
    scene.api().send("PATCH", scene.workerPath(), Api.MERGE, patch, Set.of());
  }

  private void restart() {
    restarts++;
    scene
        .api()
        .send(
            "PATCH",
            scene.deploymentPath() + "?fieldManager=monolift-restart",
            Api.MERGE,
            "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"kubectl.kubernetes.io/restartedAt\":\"%s\"}}}}}"
                .formatted(Instant.EPOCH.plusSeconds(restarts)),
            MOVED_ON);
  }

  /** Does something to some pods of a kind, whichever there are. */
  private void some(int count, Predicate<JsonNode> which, Consumer<JsonNode> what) {
    var pods = new ArrayList<>(scene.pods().stream().filter(which).toList());
    Collections.shuffle(pods, random);
    pods.stream().limit(count).forEach(what);
  }

  private static boolean isTerminating(JsonNode pod) {
    return pod.path("metadata").has("deletionTimestamp");
  }

  private static boolean isAlive(JsonNode pod) {
    return !isTerminating(pod);
  }

  private static boolean isRunning(JsonNode pod) {
    return isAlive(pod) && pod.path("status").path("phase").asText().equals("Running");
  }

  private String path(JsonNode pod) {
    return scene.podPath(pod.path("metadata").path("name").asText());
  }

  private void delete(JsonNode pod, String options) {
    scene.api().send("DELETE", path(pod), Api.JSON, options, MOVED_ON);
  }

  private void evict(JsonNode pod) {
    String name = pod.path("metadata").path("name").asText();
    String body =
        "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"%s\"}}"
            .formatted(name);
    scene.api().send("POST", scene.podPath(name) + "/eviction", Api.JSON, body, MOVED_ON);
  }

  private void phase(JsonNode pod, String phase) {
    scene
        .api()
        .send(
            "PATCH",
            path(pod) + "/status",
            Api.MERGE,
            "{\"metadata\":{\"uid\":\"%s\"},\"status\":{\"phase\":\"%s\"}}"
                .formatted(pod.path("metadata").path("uid").asText(), phase),
            MOVED_ON);
  }

  private void end(JsonNode pod, Step.How how) {
    switch (how) {
      case CLEAN, STAYS -> phase(pod, "Succeeded");
      case KILLED -> phase(pod, "Failed");
      case LOST -> {}
    }
    if (how != Step.How.STAYS) {
      gone(pod);
    }
  }

  /** What kubelet does last. */
  private void gone(JsonNode pod) {
    delete(
        pod,
        "{\"gracePeriodSeconds\":0,\"preconditions\":{\"uid\":\"%s\"}}"
            .formatted(pod.path("metadata").path("uid").asText()));
  }

  private void drain(int node) {
    cordon(node, true);
    some(
        Integer.MAX_VALUE,
        pod -> pod.path("spec").path("nodeName").asText().equals(scene.node(node)),
        this::evict);
  }

  private void cordon(int node, boolean unschedulable) {
    scene
        .api()
        .send(
            "PATCH",
            scene.nodePath(node),
            Api.MERGE,
            "{\"spec\":{\"unschedulable\":" + unschedulable + "}}",
            Set.of());
  }

  /** The leader learns of it with its next renewal, the others when this short lease expires. */
  private void usurp() {
    scene
        .api()
        .send(
            "PATCH",
            scene.leasePath(LEADER),
            Api.MERGE,
            "{\"spec\":{\"holderIdentity\":\"usurper\",\"leaseDurationSeconds\":1}}",
            MOVED_ON);
  }

  private String leader() {
    return scene
        .api()
        .send("GET", scene.leasePath(LEADER), Api.JSON, "", MOVED_ON)
        .path("spec")
        .path("holderIdentity")
        .asText();
  }

  private void replaceLeader(boolean kill) {
    String before = leader();
    for (int slot = 0; slot < slots; slot++) {
      if (before.startsWith(identity(slot))) {
        member(slot, kill ? Member::kill : Member::pause);
      } else {
        members.start(slot);
        member(slot, Member::resume);
      }
    }
    await("another leader")
        .atMost(Scene.PATIENCE)
        .until(() -> !leader().isEmpty() && !leader().equals(before));
  }

  /** What the names of a slot's operators in the election begin with. */
  static String identity(int slot) {
    return "slot-" + slot + "-";
  }

  /** Every node takes pods again. */
  void uncordonAll() {
    IntStream.range(0, Scene.NODES).forEach(node -> cordon(node, false));
  }

  /** Undoes what keeps the worker from its pods: every operator works, and what shall end ends. */
  void calm() {
    for (int slot = 0; slot < slots; slot++) {
      member(slot, Member::resume);
      members.start(slot);
    }
    endAll();
  }

  /** Ends every pod that is terminating. */
  void endAll() {
    some(Integer.MAX_VALUE, Hand::isTerminating, pod -> end(pod, Step.How.CLEAN));
  }
}
