package dev.monolift.testcluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names that a test gives to its servers, in a zone outside of the cluster's, and the queries
 * that the cluster's DNS server was asked. There is one per server: the numbers of the zone's texts
 * must go up.
 */
public final class DnsNames {
  /** The zone: that of a company's own servers. */
  public static final String ZONE = "corp.example";

  private static final Pattern QUERY =
      Pattern.compile("query (?<type>\\S+) (?<name>\\S+) (?<code>\\S+) (?<client>\\S+)");

  private final Path zone;
  private final Path log;
  private final AtomicInteger serial = new AtomicInteger(1);

  DnsNames(Path zone, Path log) {
    this.zone = zone;
    this.log = log;
  }

  /** The zone's first text. */
  static String zone(List<String> records) {
    return zone(1, records);
  }

  private static String zone(int serial, List<String> records) {
    return "@ 60 IN SOA ns nobody %d 60 60 60 60\n@ 60 IN NS ns\nns 60 IN A 192.0.2.53\n"
            .formatted(serial)
        + String.join("", records);
  }

  /**
   * Replaces the names of the zone. The server sees it within seconds.
   *
   * @param addresses IPv4 address by name without the zone, for example {@code db-main}
   */
  public void publish(Map<String, String> addresses) {
    var records = new ArrayList<String>();
    addresses.forEach((name, address) -> records.add("%s 60 IN A %s\n".formatted(name, address)));
    try {
      Path next = zone.resolveSibling(zone.getFileName() + ".new");
      Files.writeString(next, zone(serial.incrementAndGet(), records));
      Files.move(next, zone, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many queries the server has answered; to read from there later. */
  public int count() {
    return since(0).size();
  }

  /**
   * What the server was asked.
   *
   * @param from how many queries to leave out, from {@link #count()}
   * @return the queries in the order of their answers
   */
  public List<Query> since(int from) {
    try {
      return new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
          .lines()
          .map(QUERY::matcher)
          .filter(Matcher::find)
          .map(m -> new Query(m.group("type"), m.group("name"), m.group("code"), m.group("client")))
          .skip(from)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One query.
   *
   * @param type record type, for example AAAA
   * @param name name asked for, in lower case, with the final dot
   * @param code result, for example NXDOMAIN
   * @param client address of the asking pod
   */
  public record Query(String type, String name, String code, String client) {}
}
