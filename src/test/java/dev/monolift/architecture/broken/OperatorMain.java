package dev.monolift.architecture.broken;

/** A composition root that others know. */
public final class OperatorMain {}
