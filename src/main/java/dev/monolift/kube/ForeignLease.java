package dev.monolift.kube;

/** A Lease that should be the operator's own is somebody else's. */
@SuppressWarnings("serial")
final class ForeignLease extends RuntimeException {

  /**
   * A Lease without our label.
   *
   * @param lease its namespace and name
   */
  ForeignLease(String lease) {
    super(
        "Lease "
            + lease
            + ", in which Monolift records the pods that may start, does not carry the label"
            + " app.kubernetes.io/managed-by=monolift: it may be somebody else's.");
  }
}
