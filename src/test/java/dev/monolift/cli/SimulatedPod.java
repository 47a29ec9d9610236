package dev.monolift.cli;

import dev.monolift.restart.RestartSettings;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * One pod of a Job: the real program in a thread that runs only between two points at which the
 * test lets it. At each of them it can die.
 */
final class SimulatedPod {
  private final Semaphore go = new Semaphore(0);
  private final Semaphore back = new Semaphore(0);
  final String worker;
  final String job;
  private Instant wakeAt;
  private boolean doomed;
  private volatile boolean over;
  private volatile RestartRun.@Nullable End end;
  private volatile @Nullable Throwable failure;

  /** The process is gone, with everything that it knew. */
  @SuppressWarnings("serial")
  private static final class Killed extends Error {}

  SimulatedPod(RestartRoom room, String worker, String job, RestartSettings.Rules rules) {
    this.worker = worker;
    this.job = job;
    this.wakeAt = room.now();
    var settings = new RestartSettings("shop", worker, worker, "queue", job, rules, room.now());
    var run =
        new RestartRun(
            settings,
            room.access(worker, job, this::point),
            room::now,
            time -> {
              wakeAt = room.now().plus(time);
              point();
            },
            line -> {});
    Thread.ofVirtual().start(() -> live(run));
  }

  private void live(RestartRun run) {
    go.acquireUninterruptibly();
    try {
      if (!doomed) {
        end = run.run();
      }
    } catch (Killed e) {
      // as it should
    } catch (Throwable e) {
      failure = e;
    } finally {
      over = true;
      back.release();
    }
  }

  /** Somebody else's turn. */
  private void point() {
    back.release();
    go.acquireUninterruptibly();
    if (doomed) {
      throw new Killed();
    }
  }

  /** Runs it to its next point. */
  void step() {
    go.release();
    back.acquireUninterruptibly();
    Throwable thrown = failure;
    if (thrown != null) {
      throw new AssertionError(worker + " " + job, thrown);
    }
  }

  void kill() {
    doomed = true;
    step();
  }

  boolean isOver() {
    return over;
  }

  Instant wakeAt() {
    return wakeAt;
  }

  RestartRun.@Nullable End end() {
    return end;
  }
}
