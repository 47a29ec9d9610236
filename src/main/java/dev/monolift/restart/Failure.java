package dev.monolift.restart;

import java.time.Instant;

/**
 * Why a group is stopped.
 *
 * @param worker the worker whose restart went wrong
 * @param at when that was seen
 * @param sentence what went wrong
 */
public record Failure(String worker, Instant at, String sentence) {}
