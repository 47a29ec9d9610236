package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DnsClient;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsSpec;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/**
 * Random workers: values of every shape, with hosts, look-alikes and rubbish in them.
 *
 * @param random the source of everything
 * @param hosts the few hosts of this worker
 */
record RandomRequest(Random random, List<String> hosts) {
  private static final List<String> HOSTS =
      List.of(
          "db.corp.example",
          "corp.example",
          "a.b.c.d.e.f.example",
          "db",
          "db.stock",
          "db.stock.svc",
          "db.stock.svc.cluster.local",
          "pinned.corp.example",
          "localhost",
          "192.0.2.7",
          "db.corp.example.");
  private static final List<String> PIECES =
      List.of(
          "%s",
          "%s:3306",
          "%s.",
          "x%s",
          "%sx",
          "x.%s",
          "%s.x",
          "%s-x",
          "http://%s/",
          "tcp://%s:1?h=%s",
          "mysql:host=%s;port=3306;dbname=x",
          "mysql://u:%s@%s/x?y=%s",
          "stream[peer_name]=%s",
          "sslmode=verify-full host=%s",
          "$(A)",
          "$(B)%s",
          "https://$(A)/",
          "\"%s\"",
          "'%s'",
          "\\%s",
          ",",
          " ",
          "ä%s",
          "=",
          ".",
          "..",
          "\t%s\n",
          "// %s",
          "@%s",
          "%%%s");

  /** A request with some endpoints on some settings; the same one for the same seed. */
  static DnsRequest of(long seed) {
    var random = new Random(seed);
    var hosts = List.of(HOSTS.getFirst(), HOSTS.get(random.nextInt(HOSTS.size())));
    return new RandomRequest(random, hosts).request();
  }

  private DnsRequest request() {
    var variables = new ArrayList<EnvVar>();
    for (String name : List.of("A", "B", "C", "D")) {
      if (random.nextInt(8) > 0) {
        variables.add(new EnvVar(name, value(), null));
      }
    }
    var data = new LinkedHashMap<String, String>();
    data.put(".env", lines("", "="));
    data.put("app.ini", "[s]\n" + lines("", " = "));
    data.put("app.json", json());
    data.put("other", value());
    return Requests.request(
        new DnsSpec(pick(null, 1, 2, 3, 5), null, endpoints()),
        template(variables),
        Requests.configMap("config", data));
  }

  private PodTemplateSpec template(List<EnvVar> variables) {
    var app =
        new ContainerBuilder()
            .withName("app")
            .withImage(pick(Requests.UNKNOWN_IMAGE, Requests.GLIBC_IMAGE, "php:8.3-cli-alpine"))
            .withEnv(variables)
            .withArgs(value())
            .build();
    var sidecar = new ContainerBuilder(app).withName("sidecar").build();
    return new PodTemplateSpecBuilder(Requests.using("", "config"))
        .editSpec()
        .withContainers(app, sidecar)
        .addNewHostAlias()
        .withIp("192.0.2.1")
        .withHostnames("pinned.corp.example")
        .endHostAlias()
        .endSpec()
        .build();
  }

  private List<DnsEndpoint> endpoints() {
    var endpoints = new ArrayList<DnsEndpoint>();
    for (int i = random.nextInt(6); i > 0; i--) {
      String host = pick(hosts);
      DnsClient client = pick(DnsClient.values());
      DnsEndpoint endpoint =
          switch (random.nextInt(5)) {
            case 0 -> Requests.file("config", ".env", pick("A", "B", "C"), host, client);
            case 1 -> Requests.file("config", "app.ini", "s." + pick("A", "B"), host, client);
            case 2 -> Requests.file("config", "app.json", pick("a", "b.c", "b"), host, client);
            default -> Requests.env(pick("A", "B", "C", "D"), host, client);
          };
      endpoints.add(
          Requests.with(
              endpoint,
              pick(null, null, 3306),
              null,
              pick(null, DotPolicy.Auto, DotPolicy.Never, DotPolicy.Always)));
    }
    return endpoints;
  }

  private String lines(String before, String equals) {
    var text = new StringBuilder(before);
    for (int i = random.nextInt(6); i > 0; i--) {
      String quote = pick("", "\"", "'");
      text.append(pick("A", "B", "C", "# A", "export A", "; B"))
          .append(equals)
          .append(quote)
          .append(value())
          .append(quote)
          .append(pick("\n", "\r\n", " # A=db.corp.example\n", ""));
    }
    return text.toString();
  }

  private String json() {
    return "{\"a\": %s, \"b\": {\"c\": %s, \"d\": [1, null]},\r\n \"b.c\": %s}%s"
        .formatted(string(), string(), string(), pick("", "", "", "}"));
  }

  private String string() {
    return "\""
        + value()
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("/", pick("/", "\\/"))
            .replace("\n", "\\n")
            .replace("\t", "\\u0009")
        + "\"";
  }

  private String value() {
    var text = new StringBuilder();
    for (int i = 1 + random.nextInt(3); i > 0; i--) {
      text.append(pick(PIECES).replace("%s", pick(hosts)).replace("%%", "%"));
    }
    return text.toString();
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  private <T extends @org.jspecify.annotations.Nullable Object> T pick(T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}
