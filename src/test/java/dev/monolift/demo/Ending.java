package dev.monolift.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Removes what the demo started exactly once: at its end, or when Ctrl-C or a SIGTERM comes in the
 * middle of anything.
 */
final class Ending implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean removed = new AtomicBoolean();
  private final CountDownLatch left = new CountDownLatch(1);
  private final DemoRun run;
  private final Terminal terminal;

  Ending(DemoRun run, Terminal terminal) {
    this.run = run;
    this.terminal = terminal;
    Thread demo = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(demo), "remove the demo"));
  }

  /** For the demo's thread, where it may stop. */
  void throwIfAsked() throws InterruptedException {
    if (asked.getCount() == 0) {
      throw new InterruptedException("the demo was asked to end");
    }
  }

  /** Whether the demo is to end; waits a moment, as a signal reaches other processes first. */
  boolean isAsked() {
    try {
      return asked.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void interrupt(Thread demo) {
    asked.countDown();
    demo.interrupt();
    try {
      // A cluster that is just starting takes its own parts down when it is interrupted.
      left.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    remove();
  }

  private void remove() {
    if (removed.compareAndSet(false, true)) {
      terminal.say("");
      terminal.say("Removing the operator and the cluster …");
      run.close();
      terminal.say("Removed. Nothing of the demo is left.");
    }
  }

  @Override
  public void close() {
    left.countDown();
    if (asked.getCount() > 0) {
      remove();
    }
  }
}
