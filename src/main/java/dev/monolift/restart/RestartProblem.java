package dev.monolift.restart;

/**
 * Why there can be no restart.
 *
 * @param reason one CamelCase word
 * @param message what, where, what to do
 */
public record RestartProblem(String reason, String message) {}
