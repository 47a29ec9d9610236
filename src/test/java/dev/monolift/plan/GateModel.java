package dev.monolift.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * The start gate with a simulated API server: two processes that both believe to lead, a record
 * with a version, and pods that come and go between any two requests. A step is one request.
 *
 * @param rule who decides
 * @param max how many may be alive
 * @param processes how many processes there are
 * @param way how the processes go about it
 */
record GateModel(StartRule rule, int max, int processes, Way way) {

  /** How a process goes about it; all but the first are wrong. */
  enum Way {
    RIGHT,
    /** Lists the pods before it reads the record. */
    LIST_BEFORE_RECORD,
    /** Writes the record whatever somebody else has written meanwhile. */
    NO_CONDITION,
    /** Opens before it writes. */
    OPEN_BEFORE_RECORD
  }

  /** What becomes of a pod, in this order. */
  enum Life {
    UNBORN,
    GATED,
    ALIVE,
    GONE
  }

  /** What a process does next. */
  enum Step {
    READ,
    LIST,
    WRITE,
    LIST_AGAIN,
    OPEN
  }

  /**
   * A process: all that it remembers is lost when it dies.
   *
   * @param next its next request
   * @param version version of the record that it has read
   * @param recorded what it has read
   * @param listed the pods as it has listed them
   * @param admitted what it has decided
   */
  record Doorman(
      Step next, int version, Set<Integer> recorded, List<Life> listed, Set<Integer> admitted) {
    static final Doorman FRESH = new Doorman(Step.READ, 0, Set.of(), List.of(), Set.of());
  }

  /**
   * Everything.
   *
   * @param pods the pods
   * @param version version of the record; 0 means that there is none
   * @param record the admitted pods
   * @param processes the processes
   */
  record State(List<Life> pods, int version, Set<Integer> record, List<Doorman> processes) {

    int alive() {
      return (int) pods.stream().filter(Life.ALIVE::equals).count();
    }

    State withPod(int index, Life life) {
      var changed = new ArrayList<>(pods);
      changed.set(index, life);
      return new State(List.copyOf(changed), version, record, processes);
    }

    State withRecord(Set<Integer> changed) {
      return new State(pods, version + 1, changed, processes);
    }

    State with(int index, Doorman process) {
      var changed = new ArrayList<>(processes);
      changed.set(index, process);
      return new State(pods, version, record, List.copyOf(changed));
    }
  }

  State start(int pods) {
    return new State(
        IntStream.range(0, pods).mapToObj(_ -> Life.UNBORN).toList(),
        0,
        Set.of(),
        IntStream.range(0, processes).mapToObj(_ -> Doorman.FRESH).toList());
  }

  /** What can happen next: a pod comes or goes, a process makes its next request or dies. */
  List<State> next(State state) {
    var next = new ArrayList<State>();
    for (int pod = 0; pod < state.pods().size(); pod++) {
      switch (state.pods().get(pod)) {
        case UNBORN -> next.add(state.withPod(pod, Life.GATED));
        case GATED, ALIVE -> next.add(state.withPod(pod, Life.GONE));
        case GONE -> {}
      }
    }
    for (int process = 0; process < processes; process++) {
      next.add(step(state, process));
      next.add(state.with(process, Doorman.FRESH));
    }
    return next;
  }

  private State step(State state, int index) {
    Doorman process = state.processes().get(index);
    return switch (process.next()) {
      case READ -> state.with(index, read(state, process));
      case LIST -> state.with(index, list(state, process));
      case WRITE -> write(state, index, process);
      case LIST_AGAIN ->
          state.with(
              index,
              mayOpen(process.admitted(), state.pods())
                  ? new Doorman(Step.OPEN, 0, Set.of(), state.pods(), process.admitted())
                  : Doorman.FRESH);
      case OPEN -> open(state, index, process);
    };
  }

  private Doorman read(State state, Doorman process) {
    if (way == Way.LIST_BEFORE_RECORD && process.listed().isEmpty()) {
      return new Doorman(Step.READ, 0, Set.of(), state.pods(), Set.of());
    }
    return new Doorman(
        Step.LIST, state.version(), state.record(), process.listed(), process.admitted());
  }

  private Doorman list(State state, Doorman process) {
    List<Life> listed = way == Way.LIST_BEFORE_RECORD ? process.listed() : state.pods();
    Set<Integer> admitted = numbers(rule.admitted(uids(process.recorded()), pods(listed), max));
    if (!process.recorded().containsAll(admitted)) {
      Step next = way == Way.OPEN_BEFORE_RECORD ? Step.OPEN : Step.WRITE;
      return new Doorman(next, process.version(), process.recorded(), listed, admitted);
    }
    return mayOpen(admitted, listed)
        ? new Doorman(Step.OPEN, 0, Set.of(), listed, admitted)
        : Doorman.FRESH;
  }

  private State write(State state, int index, Doorman process) {
    if (state.version() != process.version() && way != Way.NO_CONDITION) {
      return state.with(index, Doorman.FRESH);
    }
    return state
        .withRecord(process.admitted())
        .with(index, new Doorman(Step.LIST_AGAIN, 0, Set.of(), List.of(), process.admitted()));
  }

  /** One pod per step; the patch fails when the pod is not as it was listed. */
  private State open(State state, int index, Doorman process) {
    for (int pod : process.admitted()) {
      if (pod < process.listed().size() && process.listed().get(pod) == Life.GATED) {
        var rest = new TreeSet<>(process.admitted());
        rest.remove(pod);
        var after = new Doorman(Step.OPEN, 0, Set.of(), process.listed(), Set.copyOf(rest));
        State done = state.with(index, after);
        return state.pods().get(pod) == Life.GATED ? done.withPod(pod, Life.ALIVE) : done;
      }
    }
    return state.with(index, Doorman.FRESH);
  }

  private boolean mayOpen(Set<Integer> admitted, List<Life> listed) {
    return rule.mayOpen(uids(admitted), pods(listed), max);
  }

  private static List<GatePod> pods(List<Life> listed) {
    return IntStream.range(0, listed.size())
        .filter(i -> listed.get(i) == Life.GATED || listed.get(i) == Life.ALIVE)
        .mapToObj(
            i -> new GatePod(uid(i), "pod-" + i, "", listed.get(i) == Life.GATED, false, false))
        .toList();
  }

  private static String uid(int pod) {
    return Integer.toString(pod);
  }

  private static Set<String> uids(Set<Integer> pods) {
    return Set.copyOf(pods.stream().map(GateModel::uid).toList());
  }

  private static Set<Integer> numbers(Set<String> uids) {
    return Set.copyOf(uids.stream().map(Integer::valueOf).toList());
  }
}
