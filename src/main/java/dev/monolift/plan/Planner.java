package dev.monolift.plan;

import java.time.Instant;

/**
 * Makes every decision of one kind. Pure: equal arguments give equal plans.
 *
 * @param <R> the resource
 * @param <O> what was observed for it
 * @param <S> its status
 */
@FunctionalInterface
public interface Planner<R, O, S> {

  /**
   * Plans one pass.
   *
   * @param resource the resource, not mutated
   * @param observation what was observed
   * @param now the time
   * @return the plan
   */
  Plan<S> plan(R resource, O observation, Instant now);
}
