package dev.monolift.node;

import dev.monolift.testcluster.DnsNames;
import java.util.Map;
import java.util.Objects;

/**
 * MySQL, Redis and a web server in pods, under names in the company's zone as if they were outside
 * of the cluster; and what a job has to know to connect to them.
 */
final class CompanyServers {
  static final String DATABASE = "db." + DnsNames.ZONE;
  static final String CACHE = "redis." + DnsNames.ZONE;
  static final String PAYMENT = "pay." + DnsNames.ZONE;

  /** A name that the pods' hosts file has; the company's DNS has another address for it. */
  static final String LEGACY = "legacy." + DnsNames.ZONE;

  /** Looked up last of all. */
  static final String MARK = "mark." + DnsNames.ZONE + ".";

  private static final String ELSEWHERE = "192.0.2.9";

  private final WorkerRoom room;
  private final String web;

  private CompanyServers(WorkerRoom room, String web) {
    this.room = room;
    this.web = web;
  }

  /** Starts them, publishes their names, and waits until a job has reached all of them. */
  static CompanyServers start(WorkerRoom room, DnsNames dns) {
    String database = room.cluster.image("database");
    room.deployment("db", WorkerPod.of(database, "database", "mariadb"));
    room.deployment("redis", WorkerPod.of(database, "database", "redis"));
    room.deployment(
        "web",
        WorkerPod.of(
            room.cluster.image("php"),
            "sh",
            "-c",
            "php /work/certificate.php %s /tmp/tls.key /notes/tls.crt && exec nginx -c /work/nginx.conf"
                .formatted(PAYMENT)));
    String web = address(room, "web");
    dns.publish(
        Map.of(
            name(DATABASE),
            address(room, "db"),
            name(CACHE),
            address(room, "redis"),
            name(PAYMENT),
            web,
            name(LEGACY),
            ELSEWHERE));
    var servers = new CompanyServers(room, web);
    room.deployment("scout", servers.job("again"));
    room.until("a job reaches all servers", () -> room.log("scout").endsWith("done\n"));
    return servers;
  }

  /** The name within the zone. */
  private static String name(String full) {
    return full.substring(0, full.length() - DnsNames.ZONE.length() - 1);
  }

  private static String address(WorkerRoom room, String app) {
    room.until(
        app + " has an address",
        () -> room.pods(app).stream().anyMatch(pod -> pod.getStatus().getPodIP() != null));
    return Objects.requireNonNull(room.pod(app).getStatus().getPodIP());
  }

  /** Pods that connect to all of them once, as {@code connect.php} does. */
  WorkerPod job(String... arguments) {
    var pod = WorkerPod.of(room.cluster.image("php"), "php", "/work/connect.php");
    return (arguments.length == 0
            ? pod
            : WorkerPod.of(pod.image(), "php", "/work/connect.php", arguments[0]))
        .withEnv(
            Map.of(
                "DATABASE_DSN",
                "mysql:host=" + DATABASE + ";port=3306",
                "REDIS_HOST",
                CACHE,
                "PAYMENT_URL",
                "https://" + PAYMENT + ":8443/",
                "LEGACY_HOST",
                LEGACY,
                "CERTIFICATE",
                SharedFolder.PATH + "/tls.crt",
                "MARK",
                MARK))
        .withPod("hostAliases: [{ip: %s, hostnames: [%s]}]".formatted(web, LEGACY));
  }

  /** What {@code spec.dns} has to know of that job. */
  static String endpoints() {
    return """
      endpoints:
      - {env: DATABASE_DSN, host: %s, client: mysql}
      - {env: REDIS_HOST, host: %s, client: redis}
      - {env: PAYMENT_URL, host: %s, client: http}
      - {env: LEGACY_HOST, host: %s, client: tcp}
    """
        .formatted(DATABASE, CACHE, PAYMENT, LEGACY);
  }
}
