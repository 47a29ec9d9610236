package dev.monolift.kube;

/**
 * Ends a pass that has dealt with its error: it is logged and stands in the status. The framework
 * only has to try again later.
 */
@SuppressWarnings("serial")
final class PassFailed extends RuntimeException {
  PassFailed(String reason) {
    super(reason, null, false, false);
  }
}
