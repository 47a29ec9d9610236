package dev.monolift.architecture.broken.plan;

/** A plan that starts threads. */
final class PlanThatWaits {
  Thread wait(Runnable work) {
    return Thread.startVirtualThread(work);
  }
}
