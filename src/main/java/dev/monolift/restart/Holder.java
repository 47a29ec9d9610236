package dev.monolift.restart;

import java.time.Instant;

/**
 * A Job that has its turn.
 *
 * @param worker name of its worker
 * @param job uid of the Job; all its pods have the same
 * @param since when its first pod got the turn, in whole seconds; this is what it writes as {@code
 *     restartedAt}
 * @param until when others may conclude that it will not report any more
 */
public record Holder(String worker, String job, Instant since, Instant until) {}
