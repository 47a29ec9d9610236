package dev.monolift.consumers;

/** An operator of a history, running. */
interface Member extends AutoCloseable {
  /** Whether it has neither been killed nor ended by itself. */
  boolean isAlive();

  /** Ends it without a chance to tidy up. */
  void kill();

  /**
   * Ends it in the middle of its work at the gate.
   *
   * @param write the write at which it ends, counted from now
   * @param after whether that write still reaches the API server
   */
  void killAt(int write, boolean after);

  /** It sends nothing and hears nothing until it goes on. */
  void pause();

  /** It goes on where it stood. */
  void resume();

  /** Ends it for good and waits. */
  @Override
  void close();
}
