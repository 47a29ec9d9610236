package dev.monolift.drain.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * Runs cases beside each other, since most of their time they wait, and shows each as a test of its
 * own.
 */
final class Beside {
  /** More would make the cases wait for the processor and not for each other. */
  private static final int AT_ONCE = 8;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final List<DynamicTest> tests = new ArrayList<>();

  /** One case. */
  interface Case {
    /** Runs it and asserts. */
    void run() throws Exception;
  }

  /**
   * Starts a case as soon as there is room.
   *
   * @param sentence what it shows
   * @param test the case
   */
  void test(String sentence, Case test) {
    Callable<Void> job =
        () -> {
          free.acquire();
          try {
            test.run();
            return null;
          } finally {
            free.release();
          }
        };
    Future<Void> result = threads.submit(job);
    tests.add(DynamicTest.dynamicTest(sentence, () -> await(result)));
  }

  /** The cases, in the order in which they were added. */
  Stream<DynamicTest> tests() {
    return tests.stream();
  }

  private static void await(Future<Void> result) throws Exception {
    try {
      result.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case Exception cause -> throw cause;
        case Error cause -> throw cause;
        case null, default -> throw e;
      }
    }
  }
}
