package dev.monolift.kube;

/** A write was held back because this process does not lead any more, or is about to stop. */
@SuppressWarnings("serial")
final class NotLeading extends RuntimeException {
  NotLeading() {
    super("This process does not lead any more; nothing is written.", null, false, false);
  }
}
