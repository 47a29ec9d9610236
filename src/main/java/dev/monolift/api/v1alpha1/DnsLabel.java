package dev.monolift.api.v1alpha1;

/** A DNS label of RFC 1123, as names of containers and values of labels are. */
final class DnsLabel {
  /** Regular expression of a label; its length, at most {@link #LENGTH}, is checked apart. */
  static final String REGEX = "^[a-z0-9]([-a-z0-9]*[a-z0-9])?$";

  /** Greatest length. */
  static final int LENGTH = 63;

  private DnsLabel() {}
}
