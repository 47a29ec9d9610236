package dev.monolift.operator;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP line to the API server that a test can cut and mend. */
final class Line implements AutoCloseable {
  private final ServerSocket ear;
  private final String host;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean whole = true;

  private Line(ServerSocket ear, String host, int target) {
    this.ear = ear;
    this.host = host;
    this.target = target;
  }

  static Line to(String host, int port) throws IOException {
    var line = new Line(new ServerSocket(0, 50, InetAddress.getByName(host)), host, port);
    Thread.ofVirtual().start(line::accept);
    return line;
  }

  int port() {
    return ear.getLocalPort();
  }

  void cut() {
    whole = false;
    sockets.forEach(Line::closeQuietly);
  }

  void mend() {
    whole = true;
  }

  private void accept() {
    while (!ear.isClosed()) {
      try {
        Socket near = ear.accept();
        if (whole) {
          connect(near);
        } else {
          near.close();
        }
      } catch (IOException closed) {
        // by close(), or by a peer that has gone; the loop's condition tells
      }
    }
  }

  private void connect(Socket near) throws IOException {
    var far = new Socket(host, target);
    sockets.add(near);
    sockets.add(far);
    pump(near, far);
    pump(far, near);
    if (!whole) {
      cut();
    }
  }

  private void pump(Socket from, Socket to) {
    Thread.ofVirtual()
        .start(
            () -> {
              try (from;
                  to;
                  InputStream in = from.getInputStream();
                  OutputStream out = to.getOutputStream()) {
                in.transferTo(out);
              } catch (IOException cut) {
                // both ends are closed, which is what a cut line is
              } finally {
                sockets.remove(from);
              }
            });
  }

  private static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    ear.close();
    cut();
  }
}
