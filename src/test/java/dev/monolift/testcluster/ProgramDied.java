package dev.monolift.testcluster;

/** A program of the control plane ended by itself. */
final class ProgramDied extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  ProgramDied(String message) {
    super(message);
  }

  /** Another process took a port between our choice and the program's use of it. */
  boolean lostItsPort() {
    return String.valueOf(getMessage()).contains("address already in use");
  }
}
