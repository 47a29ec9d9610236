package dev.monolift.consumers;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A random history: what it begins with and what happens then.
 *
 * @param seed what it was made from
 * @param crew which operators there are
 * @param replicas wanted pods at the beginning
 * @param max bound at the beginning
 * @param moves what happens, in this order
 */
record History(long seed, Crew crew, int replicas, int max, List<Move> moves) {
  private static final int MOVES = 32;
  private static final int MOST_REPLICAS = 7;
  private static final int MOST_CONSUMERS = 4;
  private static final int LONGEST_PAUSE = 400;

  /** The operators of a history. */
  enum Crew {
    /** One, which dies and comes back. The bound changes here: who has not seen it cannot know. */
    ALONE(1, false),
    /** Two without an election: both believe to lead, all the time. */
    TWINS(2, false),
    /** Two with an election. */
    ELECTED(2, true),
    /** Two with an election, in processes of their own. */
    PROCESSES(2, true);

    final int size;
    final boolean election;

    Crew(int size, boolean election) {
      this.size = size;
      this.election = election;
    }
  }

  /** What comes between two steps. */
  enum Pause {
    /** Nothing: the second comes while the cluster is busy with the first. */
    NONE,
    /** Some time, whatever the cluster does. */
    SHORT,
    /** The cluster comes to rest, if it does so soon. */
    QUIET
  }

  /**
   * A step and what follows it.
   *
   * @param step the step
   * @param pause what comes before the next one
   * @param millis length of a short pause
   */
  record Move(Step step, Pause pause, int millis) {}

  /** The history of a seed. */
  static History of(long seed) {
    var crews = Crew.values();
    return of(seed, crews[(int) ((seed - 1) % crews.length)]);
  }

  /** The history of a seed with these operators. */
  static History of(long seed, Crew crew) {
    // seeds that follow each other give similar first numbers
    var random = new Random(seed * 0x9E3779B97F4A7C15L);
    int max = 1 + random.nextInt(MOST_CONSUMERS);
    int replicas = Math.max(max, random.nextInt(MOST_REPLICAS + 1));
    var moves = new ArrayList<Move>();
    int longChange = MOVES / 3 + random.nextInt(MOVES / 3);
    for (int i = 0; i < MOVES; i++) {
      boolean late = crew.election && i == longChange;
      Step step =
          late
              ? new Step.LongLeaderChange(random.nextBoolean())
              : random.nextInt(4) == 0 ? ofTheOperators(random, crew) : ofTheCluster(random);
      moves.add(new Move(step, pause(random), random.nextInt(LONGEST_PAUSE)));
    }
    return new History(seed, crew, replicas, max, List.copyOf(moves));
  }

  private static Pause pause(Random random) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Pause.NONE;
      case 2 -> Pause.SHORT;
      default -> Pause.QUIET;
    };
  }

  private static Step ofTheCluster(Random random) {
    int some = 1 + random.nextInt(3);
    return switch (random.nextInt(18)) {
      case 0, 1 -> new Step.Scale(random.nextInt(MOST_REPLICAS + 1));
      case 2, 3 -> new Step.DoubleRollout(random.nextInt(400));
      case 4 -> new Step.Restart();
      case 5, 6 -> new Step.Delete(some);
      case 7 -> new Step.ForceDelete();
      case 8 -> new Step.Evict(some);
      case 9 -> new Step.Fail();
      case 10 -> new Step.Drain(random.nextInt(Scene.NODES));
      case 11 -> new Step.Uncordon(random.nextInt(Scene.NODES));
      default -> new Step.End(some, how(random));
    };
  }

  private static Step.How how(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> Step.How.KILLED;
      case 1 -> Step.How.STAYS;
      case 2 -> Step.How.LOST;
      default -> Step.How.CLEAN;
    };
  }

  private static Step ofTheOperators(Random random, Crew crew) {
    int slot = random.nextInt(crew.size);
    return switch (random.nextInt(10)) {
      case 0 -> new Step.Kill(slot);
      case 1, 2 -> new Step.KillAt(slot, 1 + random.nextInt(3), random.nextBoolean());
      case 3 -> new Step.Pause(slot);
      case 4, 5 -> new Step.Resume(slot);
      case 6 -> change(random, crew, slot);
      default -> new Step.Start(slot);
    };
  }

  private static Step change(Random random, Crew crew, int slot) {
    if (crew == Crew.ALONE) {
      return new Step.Max(random.nextInt(MOST_CONSUMERS + 1));
    }
    return crew.election ? new Step.LeaderChange() : new Step.Pause(slot);
  }
}
