package dev.monolift.architecture.broken.monolithworker;

import dev.monolift.architecture.broken.monolithapi.SecondResources;
import org.slf4j.Logger;

/** A planner that logs and knows another kind. */
public record FirstPlanner(Logger log, SecondResources others) {}
