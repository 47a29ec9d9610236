package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.ObjectMeta;

/**
 * Pods that wait at the start gate, and how many of them may be alive at a time. Which of them may
 * start is decided while the plan is carried out, from what the API server says then: no cache may
 * decide it.
 *
 * @param namespace namespace of the pods
 * @param label key of the label that all of them have
 * @param owner value of that label
 * @param max how many may be alive at a time, those that are being deleted among them; {@link
 *     #NO_BOUND} opens the gate of all that are left
 * @param lease metadata of the Lease that records the admitted pods: name, namespace, labels and
 *     owner; not to be mutated
 */
public record GatedPods(String namespace, String label, String owner, int max, ObjectMeta lease) {
  /** Any number may be alive. */
  public static final int NO_BOUND = Integer.MAX_VALUE;
}
