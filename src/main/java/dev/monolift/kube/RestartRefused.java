package dev.monolift.kube;

/** The API server does not let a restarting program do its work; the message says what to do. */
@SuppressWarnings("serial")
public final class RestartRefused extends RuntimeException {
  /**
   * A refusal.
   *
   * @param sentence what was refused, and what to do
   * @param cause the answer
   */
  public RestartRefused(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
