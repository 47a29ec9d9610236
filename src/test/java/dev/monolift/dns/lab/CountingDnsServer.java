package dev.monolift.dns.lab;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A DNS server that knows a few A records, says NXDOMAIN to everything else, and remembers every
 * question. UDP and TCP, port 53 of the loopback address.
 */
final class CountingDnsServer implements AutoCloseable {
  private static final int TYPE_A = 1;
  private static final int TYPE_AAAA = 28;

  private final Map<String, byte[]> addresses;
  private final List<String> questions = new ArrayList<>();
  private final DatagramSocket udp;
  private final ServerSocket tcp;

  CountingDnsServer(Map<String, byte[]> addresses) throws IOException {
    this.addresses = Map.copyOf(addresses);
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    this.udp = new DatagramSocket(53, loopback);
    this.tcp = new ServerSocket(53, 50, loopback);
    Thread.ofPlatform().daemon().start(this::serveUdp);
    Thread.ofPlatform().daemon().start(this::serveTcp);
  }

  /** The questions since the last call, as {@code name/TYPE}, in order. */
  List<String> takeQuestions() {
    synchronized (questions) {
      var taken = List.copyOf(questions);
      questions.clear();
      return taken;
    }
  }

  private void serveUdp() {
    var buffer = new byte[1500];
    while (!udp.isClosed()) {
      try {
        var packet = new DatagramPacket(buffer, buffer.length);
        udp.receive(packet);
        byte[] answer = answer(Arrays.copyOf(packet.getData(), packet.getLength()));
        udp.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      } catch (IOException e) {
        report(e, udp.isClosed());
      }
    }
  }

  private void serveTcp() {
    while (!tcp.isClosed()) {
      try (var connection = tcp.accept()) {
        var in = new DataInputStream(connection.getInputStream());
        byte[] answer = answer(in.readNBytes(in.readUnsignedShort()));
        var out = new DataOutputStream(connection.getOutputStream());
        out.writeShort(answer.length);
        out.write(answer);
      } catch (IOException e) {
        report(e, tcp.isClosed());
      }
    }
  }

  private static void report(IOException e, boolean closed) {
    if (!closed) {
      System.err.println("DNS server: " + e);
    }
  }

  /** Header, question and at most one A record; an EDNS record of the query is not answered. */
  private byte[] answer(byte[] query) {
    var name = new StringBuilder();
    int at = 12;
    while (query[at] != 0) {
      int length = query[at];
      name.append(name.isEmpty() ? "" : ".")
          .append(new String(query, at + 1, length, StandardCharsets.US_ASCII));
      at += length + 1;
    }
    int type = ((query[at + 1] & 0xff) << 8) | (query[at + 2] & 0xff);
    String asked = name.toString().toLowerCase(Locale.ROOT);
    synchronized (questions) {
      questions.add(asked + "/" + (type == TYPE_A ? "A" : type == TYPE_AAAA ? "AAAA" : type));
    }
    byte[] address = addresses.get(asked);
    boolean found = address != null && type == TYPE_A;
    var out = new ByteArrayOutputStream();
    out.write(query, 0, 2);
    out.writeBytes(new byte[] {(byte) 0x85, (byte) (address == null ? 0x83 : 0x80)});
    out.writeBytes(new byte[] {0, 1, 0, (byte) (found ? 1 : 0), 0, 0, 0, 0});
    out.write(query, 12, at + 5 - 12);
    if (found) {
      out.writeBytes(new byte[] {(byte) 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 0, 0, 4});
      out.writeBytes(address);
    }
    return out.toByteArray();
  }

  @Override
  public void close() throws IOException {
    udp.close();
    tcp.close();
  }
}
