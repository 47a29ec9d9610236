package dev.monolift.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.monolift.proof.Proof;
import dev.monolift.testcluster.DnsNames;
import dev.monolift.testcluster.DnsNames.Query;
import dev.monolift.testcluster.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * The queries of a job, counted at the cluster's DNS server: before, as a plain Deployment, and
 * after. Everything else that the job and its servers see stays the same.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class DnsOnNodeIT {
  private static final Duration LAST_LINES = Duration.ofSeconds(20);
  private static final List<String> TYPES = List.of("A", "AAAA");

  private WorkerRoom room;
  private DnsNames dns;
  private CompanyServers servers;
  private Lookups before;

  /**
   * What a pod asked, and what its job printed.
   *
   * @param asked type and name of each query, but for the last one
   * @param output what the job saw
   */
  private record Lookups(List<String> asked, String output) {
    Lookups {
      asked = List.copyOf(asked);
    }

    /** Queries for a host, under whatever name. */
    List<String> of(String host) {
      return asked.stream().filter(query -> query.contains(" " + host + ".")).toList();
    }
  }

  @BeforeAll
  void start() {
    var counted = TestCluster.realNode().dns();
    Assumptions.assumeTrue(counted.isPresent(), "nobody counts the queries of this cluster");
    dns = counted.orElseThrow();
    room = new WorkerRoom("dns");
    servers = CompanyServers.start(room, dns);
    int from = dns.count();
    room.deployment("before", servers.job());
    before = lookups("before", from);
  }

  @AfterAll
  void stop() {
    if (room != null) {
      room.close();
    }
  }

  @Test
  void beforeEachNameIsTriedWithEverySearchDomain() {
    assertThat(before.output()).contains("SNI pay.corp.example, Host pay.corp.example:8443");
    for (String host : remote()) {
      assertThat(before.of(host)).containsExactlyInAnyOrderElementsOf(tries(host));
    }
    assertThat(before.of(CompanyServers.LEGACY)).isEmpty();
  }

  @Test
  void withNdotsEachNameIsAskedForOnce() {
    var after = run("ndots", "dns:\n  libc: glibc\n");

    for (String host : remote()) {
      assertThat(after.of(host)).containsExactlyInAnyOrderElementsOf(once(host));
    }
    assertThat(after.asked()).hasSize(3 * TYPES.size());
    Proof.fact(
        Proof.Chapter.NODE,
        "A PHP job that connects to MySQL, Redis and an HTTPS service by names of the company asks two questions for each: with ndots 2",
        figure(after));
  }

  @Test
  void withDotsOnlyTheUrlIsLeft() {
    var after = run("dots", "dns:\n");

    for (String host : List.of(CompanyServers.DATABASE, CompanyServers.CACHE)) {
      assertThat(after.of(host)).containsExactlyInAnyOrderElementsOf(once(host));
    }
    assertThat(after.of(CompanyServers.PAYMENT))
        .as("a dot would be in the Host header")
        .containsExactlyInAnyOrderElementsOf(tries(CompanyServers.PAYMENT));
    Proof.fact(
        Proof.Chapter.NODE,
        "The same where the C library is not known, so that ndots stays 5: with dots in the values that MySQL and Redis get",
        figure(after));
  }

  @Test
  void aProgramWithMuslAsksTwiceInsteadOfTwelveTimes() {
    var pod =
        WorkerPod.of(
                room.cluster.image("musl"),
                "sh",
                "-c",
                "lookup \"$HOST\"; lookup \"$MARK\" >/dev/null; echo done; exec sleep 600")
            .withEnv(Map.of("HOST", CompanyServers.DATABASE, "MARK", CompanyServers.MARK));
    int from = dns.count();
    room.deployment("musl-before", pod);
    var musl =
        room.worker(
            "musl-after",
            "dns:\n  endpoints: [{env: HOST, host: %s, client: tcp}]\n"
                .formatted(CompanyServers.DATABASE),
            pod.withPod("terminationGracePeriodSeconds: 1"));
    var asked = lookups("musl-before", from);
    var after = lookups("musl-after", from);

    assertThat(asked.asked()).containsExactlyInAnyOrderElementsOf(tries(CompanyServers.DATABASE));
    assertThat(after.asked()).containsExactlyInAnyOrderElementsOf(once(CompanyServers.DATABASE));
    assertThat(after.output()).isEqualTo(asked.output()).doesNotContain("not found");
    assertThat(counts(musl))
        .containsExactly(CompanyServers.DATABASE + " " + asked.asked().size() + " 2");
    Proof.fact(
        Proof.Chapter.NODE,
        "A program linked with musl asks less too, without any setting but an image name that says musl",
        asked.asked().size()
            + " queries before, "
            + after.asked().size()
            + " after, counted at CoreDNS");
  }

  /** Runs the job as a worker and checks what must be as before, and as the status says. */
  private Lookups run(String name, String settings) {
    int from = dns.count();
    var worker = room.worker(name, settings + CompanyServers.endpoints(), servers.job());
    var after = lookups(name, from);
    assertThat(after.output()).isEqualTo(before.output());
    assertThat(after.of(CompanyServers.LEGACY)).as("the hosts file has it").isEmpty();
    assertThat(worker.searchDomains()).isEqualTo(searchDomains());
    assertThat(counts(worker))
        .isEqualTo(
            Stream.concat(remote().stream(), Stream.of(CompanyServers.LEGACY))
                .map(host -> host + " " + before.of(host).size() + " " + after.of(host).size())
                .toList());
    return after;
  }

  private static List<String> remote() {
    return List.of(CompanyServers.DATABASE, CompanyServers.CACHE, CompanyServers.PAYMENT);
  }

  /** What the status says of each endpoint: host, queries before, queries after. */
  private List<String> counts(SeenWorker worker) {
    return worker.endpoints().stream()
        .map(e -> e.get("host") + " " + e.get("queriesBefore") + " " + e.get("queriesAfter"))
        .toList();
  }

  private List<String> searchDomains() {
    var domains = new ArrayList<>(List.of(room.namespace + ".svc.cluster.local"));
    domains.addAll(List.of("svc.cluster.local", "cluster.local"));
    domains.addAll(room.dns.nodeSearchDomains());
    return domains;
  }

  /** All that a resolver tries for a name with few dots. */
  private List<String> tries(String host) {
    return Stream.concat(
            searchDomains().stream().map(domain -> host + "." + domain), Stream.of(host))
        .flatMap(name -> once(name).stream())
        .toList();
  }

  private static List<String> once(String name) {
    return TYPES.stream().map(type -> type + " " + name + ".").toList();
  }

  /**
   * Waits for the job of a pod, and for the server's last line about it.
   *
   * @param from how many queries there were before the pod was: its address may have been another's
   */
  private Lookups lookups(String app, int from) {
    room.until(
        app + " is done", () -> room.pods(app).size() == 1 && room.log(app).endsWith("done\n"));
    String address = Objects.requireNonNull(room.pod(app).getStatus().getPodIP());
    List<String> asked =
        await("the last query of " + app)
            .atMost(LAST_LINES)
            .until(() -> asked(address, from), all -> all.contains("A " + CompanyServers.MARK));
    return new Lookups(
        asked.stream().filter(query -> !query.endsWith(" " + CompanyServers.MARK)).toList(),
        room.log(app));
  }

  private List<String> asked(String address, int from) {
    return dns.since(from).stream()
        .filter(query -> query.client().equals(address))
        .map(DnsOnNodeIT::words)
        .toList();
  }

  private static String words(Query query) {
    return query.type() + " " + query.name();
  }

  private String figure(Lookups after) {
    return remote().stream()
            .map(host -> host + " " + before.of(host).size() + " → " + after.of(host).size())
            .reduce((a, b) -> a + ", " + b)
            .orElse("")
        + "; in all "
        + before.asked().size()
        + " → "
        + after.asked().size()
        + " queries, counted at CoreDNS; the same rows, SNI, Host header, cookies and hosts file";
  }
}
