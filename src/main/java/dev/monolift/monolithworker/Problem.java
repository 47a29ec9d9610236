package dev.monolift.monolithworker;

/**
 * Why nothing can be applied.
 *
 * @param reason reason of the Ready condition
 * @param message what is wrong, where, and what to do
 */
record Problem(String reason, String message) {}
