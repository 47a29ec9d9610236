package dev.monolift.dns.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs programs as a pod would: with its resolv.conf and /etc/hosts, and with no network but a
 * loopback whose DNS server counts. Needs root, or a kernel that lets users have user namespaces.
 */
public final class DnsLab implements AutoCloseable {
  /** In the namespaces: $1 folder with the files; the rest is the command. */
  private static final String ENTER =
      "ip link set lo up && for f in resolv.conf hosts nsswitch.conf;"
          + " do mount --bind \"$1/$f\" \"/etc/$f\" || exit 1; done; shift; exec \"$@\"";

  private final Process process;
  private final BufferedReader out;
  private final Writer in;

  private DnsLab(Process process) {
    this.process = process;
    this.out = process.inputReader(StandardCharsets.US_ASCII);
    this.in = process.outputWriter(StandardCharsets.US_ASCII);
  }

  /**
   * What a program did.
   *
   * @param output what it printed
   * @param questions DNS questions as {@code name/TYPE}, in order
   */
  public record Observation(String output, List<String> questions) {
    /** Copies the list. */
    public Observation {
      questions = List.copyOf(questions);
    }

    /**
     * The names that were asked for.
     *
     * @return names in order, each once per run of questions about it
     */
    public List<String> names() {
      var names = new ArrayList<String>();
      for (String question : questions) {
        String name = question.substring(0, question.indexOf('/'));
        if (names.isEmpty() || !names.getLast().equals(name)) {
          names.add(name);
        }
      }
      return names;
    }
  }

  /**
   * Starts the namespaces and the server.
   *
   * @param folder a folder for the mounted files
   * @param records A records by name
   * @param hosts content of /etc/hosts
   * @return the lab, ready
   * @throws IOException when it does not start
   */
  public static DnsLab start(Path folder, Map<String, String> records, String hosts)
      throws IOException {
    Files.writeString(folder.resolve("resolv.conf"), "");
    Files.writeString(folder.resolve("hosts"), hosts);
    Files.writeString(folder.resolve("nsswitch.conf"), "hosts: files dns\n");
    var command = new ArrayList<String>();
    command.add("unshare");
    if (!isRoot()) {
      command.add("--map-root-user");
    }
    command.addAll(List.of("--mount", "--net", "sh", "-c", ENTER, "enter", folder.toString()));
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    command.addAll(List.of(java, "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", classes()));
    command.add(DnsLabMain.class.getName());
    command.add(folder.resolve("resolv.conf").toString());
    records.forEach((name, address) -> command.add(name + "=" + address));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var lab = new DnsLab(process);
    String first = lab.out.readLine();
    if (!"ready".equals(first)) {
      lab.close();
      throw new IOException(
          "The DNS lab did not start. It needs unshare and mount (Debian: util-linux), ip"
              + " (iproute2), and root or user namespaces; its own words are above.");
    }
    return lab;
  }

  /**
   * Runs a program and waits for its end.
   *
   * @param resolvConf content of /etc/resolv.conf
   * @param command the program with its arguments
   * @return what it printed and asked
   * @throws IOException when the lab is gone
   */
  public Observation run(String resolvConf, List<String> command) throws IOException {
    in.write(encode(resolvConf) + " " + encode(String.join("\0", command)) + "\n");
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("The DNS lab ended; its own words are above.");
    }
    String[] parts = line.split(" ", -1);
    String output = new String(Base64.getDecoder().decode(parts[0]), StandardCharsets.UTF_8);
    return new Observation(
        output, Stream.of(parts[1].split(",")).filter(question -> !question.isEmpty()).toList());
  }

  private static String encode(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isRoot() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
  }

  private static String classes() {
    return Path.of(DnsLabMain.class.getProtectionDomain().getCodeSource().getLocation().getPath())
        .toString();
  }

  @Override
  public void close() throws IOException {
    in.close();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
