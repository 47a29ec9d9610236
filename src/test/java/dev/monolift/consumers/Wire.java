package dev.monolift.consumers;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The wire between an operator in this process and the API server. An operator whose wire is cut
 * is, for the cluster, one that was killed: what it had sent may have arrived, and nothing more
 * comes. One whose wire is held stands still; what it was about to send, it sends when it goes on.
 */
final class Wire implements Interceptor {
  /** What is written at the gate: the record, then the pods. */
  private static final Pattern GATE_WRITE =
      Pattern.compile("/namespaces/[^/]+/(pods/.*|leases(/.*-start.*)?)");

  private final int longestDelayMillis;
  private boolean cut;
  private boolean buried;
  private boolean held;
  private int writesLeft;
  private boolean afterwards;
  private boolean cutWithAnswer;

  /**
   * A wire.
   *
   * @param longestDelayMillis writes at the gate are late by up to this, so that two operators come
   *     between each other
   */
  Wire(int longestDelayMillis) {
    this.longestDelayMillis = longestDelayMillis;
  }

  synchronized void cut() {
    cut = true;
  }

  /** Ends the waiting of what was never sent, so that the operator's threads can end. */
  synchronized void bury() {
    cut = true;
    buried = true;
    notifyAll();
  }

  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  /** Cuts it at the n-th write at the gate from now, before it is sent or after its answer. */
  synchronized void cutAt(int write, boolean after) {
    writesLeft = write;
    afterwards = after;
  }

  synchronized boolean isCut() {
    return cut;
  }

  private static boolean isGateWrite(HttpRequest request) {
    return !request.method().equals("GET") && GATE_WRITE.matcher(request.uri().getPath()).find();
  }

  @Override
  public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
    boolean gate = isGateWrite(request);
    try {
      if (gate && longestDelayMillis > 0) {
        // not random: two operators that wait for as long as each other would never meet
        Thread.sleep((System.nanoTime() >>> 10) % longestDelayMillis);
      }
      pass(gate);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private synchronized void pass(boolean gate) throws InterruptedException {
    while (held && !cut) {
      wait();
    }
    if (!cut && gate && writesLeft > 0 && --writesLeft == 0) {
      cut = !afterwards;
      cutWithAnswer = afterwards;
    }
    // who is dead hears of no failure
    while (cut && !buried) {
      wait();
    }
    if (cut) {
      throw new KubernetesClientException("This operator was killed.");
    }
  }

  @Override
  public synchronized void after(
      HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> body) {
    if (cutWithAnswer && isGateWrite(request)) {
      cut();
    }
  }
}
