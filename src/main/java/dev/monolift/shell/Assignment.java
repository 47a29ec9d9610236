package dev.monolift.shell;

/**
 * A variable that is set.
 *
 * @param name its name
 * @param value its value; without parts when it is empty
 * @param at where it starts
 */
public record Assignment(String name, Word value, Position at) {}
