package dev.monolift.demo;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Removes what a command of the checkout started exactly once: at its end, or when Ctrl-C or a
 * SIGTERM comes in the middle of anything.
 */
public final class Ending implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicBoolean removed = new AtomicBoolean();
  private final CountDownLatch left = new CountDownLatch(1);
  private final String what;
  private final Runnable removal;
  private final Consumer<String> say;

  /**
   * The ending of what the current thread does.
   *
   * @param what name of the command, for people
   * @param removal removes the operator and the cluster; called once
   * @param say prints a line
   */
  public Ending(String what, Runnable removal, Consumer<String> say) {
    this.what = what;
    this.removal = removal;
    this.say = say;
    Thread thread = Thread.currentThread();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupt(thread), "remove the " + what));
  }

  /**
   * For the command's thread, where it may stop.
   *
   * @throws InterruptedException when it was asked to end
   */
  public void throwIfAsked() throws InterruptedException {
    if (asked.getCount() == 0) {
      throw new InterruptedException("the " + what + " was asked to end");
    }
  }

  /**
   * Whether the command is to end; waits a moment, as a signal reaches other processes first.
   *
   * @return true after Ctrl-C
   */
  public boolean isAsked() {
    try {
      return asked.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void interrupt(Thread thread) {
    asked.countDown();
    thread.interrupt();
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
      say.accept("");
      say.accept("Removing the operator and the cluster …");
      removal.run();
      say.accept("Removed. Nothing of the " + what + " is left.");
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
