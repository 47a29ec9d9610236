package dev.monolift.kube;

import dev.monolift.plan.Conditions.Status;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one table from an exception to what the Ready condition says about it. Messages hold nothing
 * that changes from one attempt to the next, so that a repeated error writes nothing.
 */
final class ErrorStatus {
  private static final int LONGEST = 1500;

  private ErrorStatus() {}

  /**
   * What the Ready condition says.
   *
   * @param status False where the resource has to be corrected, Unknown where it may be all right
   * @param reason one CamelCase word
   * @param message a sentence, with what to do
   * @param expected whether this can happen without a defect; then no stack trace is logged
   */
  record Problem(Status status, String reason, String message, boolean expected) {}

  /**
   * Looks an exception up.
   *
   * @param failure what ended the pass
   * @return what to say; empty where there is nothing to say because the next attempt settles it: a
   *     conflict, a resource that is gone, a lease that is lost
   */
  static Optional<Problem> of(Throwable failure) {
    return switch (failure) {
      case NotLeading lost -> Optional.empty();
      case UnreadableResource unreadable -> Optional.of(unreadable(unreadable));
      case ForeignLease lease -> Optional.of(foreign(lease));
      case WriteFailure write -> write(write);
      case KubernetesClientException read -> read(read);
      default -> Optional.of(defect(failure));
    };
  }

  private static Problem unreadable(UnreadableResource failure) {
    return new Problem(
        Status.False,
        "Unreadable",
        failure.getMessage() + " Correct the value; what runs stays as it is.",
        true);
  }

  private static Problem foreign(ForeignLease failure) {
    return problem(
        Status.False,
        "LeaseNotOurs",
        failure.getMessage()
            + " No pod is started. Delete the Lease, or give it the label back if somebody took it"
            + " away.");
  }

  private static Optional<Problem> write(WriteFailure failure) {
    String what = failure.verb() + " " + failure.kind() + " " + failure.object();
    String answer = answer(failure.refusal());
    return switch (failure.refusal().getCode()) {
      case 409 -> Optional.empty();
      case 404 ->
          // the resource itself is gone, or its namespace with everything in it
          Optional.empty();
      case 400, 422 ->
          Optional.of(
              problem(
                  Status.False,
                  failure.kind() + "Rejected",
                  "The API server refuses to "
                      + what
                      + ": "
                      + answer
                      + " Correct the spec; what runs stays as it is."));
      case 403 ->
          Optional.of(
              problem(
                  Status.False,
                  "Forbidden",
                  "The API server forbids to "
                      + what
                      + ": "
                      + answer
                      + " Change what forbids it: a quota, an admission policy, or the operator's"
                      + " role. It is tried again."));
      default -> Optional.of(unavailable("Cannot " + what + ": " + answer));
    };
  }

  private static Optional<Problem> read(KubernetesClientException failure) {
    return switch (failure.getCode()) {
      case 409 -> Optional.empty();
      case 403 ->
          Optional.of(
              problem(
                  Status.Unknown,
                  "Forbidden",
                  "The API server forbids a read: "
                      + answer(failure)
                      + " Grant it in the operator's role. It is tried again."));
      default -> Optional.of(unavailable("A read failed: " + answer(failure)));
    };
  }

  private static Problem unavailable(String message) {
    return problem(Status.Unknown, "ApiServerUnavailable", message + " It is tried again.");
  }

  private static Problem defect(Throwable failure) {
    return new Problem(
        Status.Unknown,
        "InternalError",
        shorten(
            // not the exception's own words: they may differ each time, and each would be written
            "Monolift failed on this resource with "
                + failure.getClass().getName()
                + ". This is a defect of the operator: its log has the stack trace. What runs stays"
                + " as it is; it is tried again."),
        false);
  }

  private static Problem problem(Status status, String reason, String message) {
    return new Problem(status, reason, shorten(message), true);
  }

  private static String answer(KubernetesClientException failure) {
    String text = text(failure).strip();
    return text.endsWith(".") ? text : text + ".";
  }

  private static String text(KubernetesClientException failure) {
    @Nullable String message =
        failure.getStatus() == null ? null : failure.getStatus().getMessage();
    if (message != null && !message.isBlank()) {
      return message;
    }
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    return String.valueOf(cause.getMessage());
  }

  private static String shorten(String message) {
    return message.length() <= LONGEST ? message : message.substring(0, LONGEST - 1) + "…";
  }
}
