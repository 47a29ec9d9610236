package dev.monolift.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** Serves /livez, /readyz and /metrics over plain HTTP. */
public final class ManagementServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads;

  private ManagementServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server on all addresses.
   *
   * @param port TCP port; 0 takes a free one
   * @param notReady what is not ready, one sentence each; empty means ready
   * @param metrics all meters in Prometheus' text format
   * @return the server
   */
  public static ManagementServer start(
      int port, Supplier<List<String>> notReady, Supplier<String> metrics) {
    try {
      HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
      ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
      server.setExecutor(threads);
      server.createContext("/livez", exchange -> answer(exchange, 200, "ok\n"));
      server.createContext("/readyz", exchange -> answerReady(exchange, notReady.get()));
      server.createContext("/metrics", exchange -> answer(exchange, 200, metrics.get()));
      server.start();
      return new ManagementServer(server, threads);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot listen on port " + port + " for /livez, /readyz and /metrics: " + e.getMessage(),
          e);
    }
  }

  private static void answerReady(HttpExchange exchange, List<String> notReady) throws IOException {
    answer(
        exchange,
        notReady.isEmpty() ? 200 : 503,
        notReady.isEmpty() ? "ok\n" : String.join("\n", notReady) + "\n");
  }

  private static void answer(HttpExchange exchange, int code, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    try (exchange) {
      exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
      exchange.sendResponseHeaders(code, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /**
   * The port it listens on.
   *
   * @return a TCP port
   */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
