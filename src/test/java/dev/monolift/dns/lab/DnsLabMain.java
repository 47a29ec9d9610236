package dev.monolift.dns.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The side of {@link DnsLab} inside the namespaces. Each line of standard input is a resolv.conf
 * and a command; each line of standard output is what the command printed and what it asked.
 */
final class DnsLabMain {
  private DnsLabMain() {}

  /**
   * Serves until standard input ends.
   *
   * @param args the file that is mounted as resolv.conf, then {@code name=address} for each record
   * @throws Exception when the server cannot start or a command cannot run
   */
  public static void main(String[] args) throws Exception {
    var records = new HashMap<String, byte[]>();
    for (String record : List.of(args).subList(1, args.length)) {
      String[] parts = record.split("=", 2);
      records.put(parts[0], InetAddress.getByName(parts[1]).getAddress());
    }
    try (var server = new CountingDnsServer(Map.copyOf(records));
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
      System.out.println("ready");
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] parts = line.split(" ", 2);
        Files.writeString(Path.of(args[0]), decode(parts[0]));
        var output = run(List.of(decode(parts[1]).split("\0", -1)));
        System.out.println(
            Base64.getEncoder().encodeToString(output)
                + " "
                + String.join(",", server.takeQuestions()));
      }
    }
  }

  private static byte[] run(List<String> command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    byte[] output = process.getInputStream().readAllBytes();
    process.waitFor();
    return output;
  }

  private static String decode(String base64) {
    return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
  }
}
