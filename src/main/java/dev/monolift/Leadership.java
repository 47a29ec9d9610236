package dev.monolift;

import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether this process may write, and how it ends. A process that has lost its lease never writes
 * again: another one leads.
 */
final class Leadership {
  private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

  private enum State {
    FOLLOWING,
    LEADING,
    STOPPING,
    ENDED
  }

  private final CompletableFuture<Integer> exit = new CompletableFuture<>();
  private State state = State.FOLLOWING;
  private boolean led;

  synchronized void won() {
    if (state == State.FOLLOWING) {
      state = State.LEADING;
      led = true;
      LOG.info("This process leads.");
    } else if (state == State.STOPPING) {
      // won while it was told to stop: the lease has to be given back
      led = true;
    }
  }

  /** The lease is held by another process, or could not be renewed in time. */
  synchronized void lost() {
    if (state == State.LEADING) {
      LOG.error(
          "The leader lease is lost: it could not be renewed in time, or somebody else took it."
              + " This process ends; its replacement follows the new leader.");
      end(RunningOperator.EXIT_LOST);
    } else if (state == State.STOPPING) {
      // the passes that still run are another leader's now; the process was ending anyway
      end(RunningOperator.EXIT_OK);
    }
  }

  /** A watch has ended for good. */
  synchronized void broken(String what) {
    if (state != State.ENDED && state != State.STOPPING) {
      LOG.error("{} This process ends and has to be started again.", what);
      end(RunningOperator.EXIT_LOST);
    }
  }

  /** Running passes may finish. */
  synchronized void stopping() {
    if (state != State.ENDED) {
      state = State.STOPPING;
    }
  }

  /** Nothing is written any more; the first caller's code is the exit code. */
  synchronized void end(int code) {
    state = State.ENDED;
    exit.complete(code);
  }

  synchronized boolean mayWrite() {
    return state == State.LEADING || (state == State.STOPPING && led);
  }

  synchronized boolean leads() {
    return state == State.LEADING;
  }

  /** Whether this process has ever led. */
  synchronized boolean hasLed() {
    return led;
  }

  CompletableFuture<Integer> exit() {
    return exit;
  }
}
