package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus.Verdict;

/**
 * What a pod's end means.
 *
 * @param verdict the verdict
 * @param reason why
 * @param message what happened, and what to do about it
 */
record Judgement(Verdict verdict, EndReason reason, String message) {

  /** The judgement on a pod that nobody saw going. */
  static Judgement notSeen() {
    EndReason reason = EndReason.NotSeen;
    return new Judgement(
        Verdict.Unknown,
        reason,
        "The pod is gone and nobody saw how it ended. " + reason.advice().orElseThrow());
  }
}
