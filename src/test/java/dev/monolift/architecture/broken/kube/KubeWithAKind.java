package dev.monolift.architecture.broken.kube;

import dev.monolift.architecture.broken.OperatorMain;
import dev.monolift.architecture.broken.monolithworker.FirstPlanner;

/** A kernel that knows a kind and the composition root. */
record KubeWithAKind(FirstPlanner planner, OperatorMain main) {}
