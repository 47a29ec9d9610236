package dev.monolift.restart;

import java.time.Instant;

/**
 * What became of one Job.
 *
 * @param worker name of its worker
 * @param job uid of the Job
 * @param at when it ended
 * @param outcome how it ended
 * @param sentence the same for people
 */
public record Result(String worker, String job, Instant at, Outcome outcome, String sentence) {}
