package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.DnsEndpoint;
import dev.monolift.api.v1alpha1.DnsEndpoint.DotPolicy;
import dev.monolift.api.v1alpha1.DnsSpec;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.proof.Proof;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every worker, whatever its values are. */
class DnsEnginePropertyTest {
  private static final long SEED = 20_220_901;
  private static final int CASES = 1000;

  private interface Check {
    void check(DnsRequest request, DnsResult result);
  }

  private static void forRandomWorkers(String promise, Check check) {
    int count = Seeds.count(CASES);
    int dots = 0;
    for (int i = 0; i < count; i++) {
      var request = RandomRequest.of(SEED + i);
      var result = DnsEngine.plan(request);
      try {
        check.check(request, result);
      } catch (AssertionError e) {
        throw new AssertionError("seed " + (SEED + i) + ": " + e.getMessage(), e);
      }
      for (var decision : Objects.requireNonNull(result.status().endpoints())) {
        dots += decision.written().length() - decision.host().length();
      }
    }
    assertThat(dots).as("dots written in all").isGreaterThan(count / 20);
    Proof.fact(
        Proof.Chapter.DNS,
        promise,
        count + " random workers with " + dots + " dots, first seed " + SEED);
  }

  @Test
  void aRequestIsNotChangedAndPlansTheSameAgain() {
    int count = Seeds.count(CASES);
    for (int i = 0; i < count; i++) {
      var request = RandomRequest.of(SEED + i);
      var template = new PodTemplateSpecBuilder(request.template()).build();
      var map = new ConfigMapBuilder(request.configMaps().getFirst()).build();
      var first = DnsEngine.plan(request);

      assertThat(request.template()).as("seed %d", SEED + i).isEqualTo(template);
      assertThat(request.configMaps()).isEqualTo(List.of(map));
      assertThat(DnsEngine.plan(request)).isEqualTo(first);
    }
  }

  @Test
  void onlyDotsAreAdded() {
    forRandomWorkers(
        "values and files differ from the user's by inserted dots and nothing else",
        (request, result) -> {
          var before = request.template().getSpec().getContainers();
          var after = result.template().getSpec().getContainers();
          for (int i = 0; i < before.getFirst().getEnv().size(); i++) {
            onlyDots(
                before.getFirst().getEnv().get(i).getValue(),
                after.getFirst().getEnv().get(i).getValue());
          }
          assertThat(after.getLast()).isEqualTo(before.getLast());
          assertThat(after.getFirst().getArgs()).isEqualTo(before.getFirst().getArgs());
          for (ConfigMap map : result.configMaps()) {
            Map<String, String> data = request.configMaps().getFirst().getData();
            assertThat(map.getData().keySet()).isEqualTo(data.keySet());
            data.forEach(
                (key, text) -> onlyDots(text, Objects.requireNonNull(map.getData().get(key))));
            assertThat(map.getData().get("other")).isEqualTo(data.get("other"));
          }
        });
  }

  private static void onlyDots(String before, String after) {
    int at = 0;
    for (int i = 0; i < after.length(); i++) {
      char c = after.charAt(i);
      if (at < before.length() && before.charAt(at) == c) {
        at++;
      } else {
        assertThat(c).as("what was inserted into %s to get %s", before, after).isEqualTo('.');
      }
    }
    assertThat(at).as("characters of %s kept in %s", before, after).isEqualTo(before.length());
    assertThat(after.split("\\.\\.", -1).length).isEqualTo(before.split("\\.\\.", -1).length);
  }

  @Test
  void planningItsOwnOutputAddsNothing() {
    forRandomWorkers(
        "a value that has its dots already gets no more",
        (request, result) -> {
          var again =
              new DnsRequest(
                  request.owner(),
                  request.namespace(),
                  request.spec(),
                  sameEnv(request.template(), result.template()),
                  request.container(),
                  request.cluster(),
                  request.configMaps());
          assertThat(DnsEngine.plan(again).template().getSpec().getContainers())
              .isEqualTo(result.template().getSpec().getContainers());
        });
  }

  private static PodTemplateSpec sameEnv(PodTemplateSpec template, PodTemplateSpec written) {
    var copy = new PodTemplateSpecBuilder(template).build();
    Container program = copy.getSpec().getContainers().getFirst();
    program.setEnv(written.getSpec().getContainers().getFirst().getEnv());
    return copy;
  }

  @Test
  void noDotIsWrittenForAClientThatIsNotKnownToBeSafe() {
    forRandomWorkers(
        "without dot: Always no dot is written for http, mongodb, amqp, grpc, ldap, smtp",
        (request, result) -> {
          var endpoints =
              Objects.requireNonNull(Objects.requireNonNull(request.spec()).endpoints());
          var decisions = Objects.requireNonNull(result.status().endpoints());
          for (int i = 0; i < endpoints.size(); i++) {
            boolean hadADot = decisions.get(i).reason().equals("AlreadyAbsolute");
            if (unsafe(endpoints.get(i)) && !hadADot) {
              assertThat(decisions.get(i).written()).isEqualTo(decisions.get(i).host());
            }
          }
          var unsafe = endpoints.stream().filter(DnsEnginePropertyTest::unsafe).toList();
          var only =
              DnsEngine.plan(
                  Requests.request(
                      new DnsSpec(5, null, unsafe),
                      request.template(),
                      request.configMaps().getFirst()));
          assertThat(only.template().getSpec().getContainers())
              .isEqualTo(request.template().getSpec().getContainers());
          assertThat(only.configMaps()).isEmpty();
        });
  }

  private static boolean unsafe(DnsEndpoint endpoint) {
    return endpoint.dot() != DotPolicy.Always
        && switch (endpoint.client()) {
          case http, mongodb, amqp, grpc, ldap, smtp -> !endpoint.host().endsWith(".");
          default -> false;
        };
  }

  @Test
  void countsAreThoseOfTheSimulation() {
    var zone =
        Set.of(
            "db.corp.example",
            "corp.example",
            "a.b.c.d.e.f.example",
            "db.shop.svc.cluster.local",
            "db.stock",
            "db.stock.svc.cluster.local");
    forRandomWorkers(
        "queries in the status are those of a simulation of both C libraries",
        (request, result) -> {
          boolean musl =
              ImageLibc.of(request.template().getSpec().getContainers().getFirst().getImage())
                  .equals(java.util.Optional.of(Libc.musl));
          var searches = Objects.requireNonNull(result.status().searchDomains());
          int ndots = Objects.requireNonNull(result.status().ndots());
          // db.stock is a domain here, so its Service does not exist, and the other way round
          for (var decision : Objects.requireNonNull(result.status().endpoints())) {
            String name = decision.written();
            boolean dot = name.endsWith(".");
            boolean known = decision.reason().matches("[A-Z].*") && !fileAnswers(decision.host());
            if (!known || decision.host().startsWith("db.stock")) {
              continue;
            }
            var asked =
                musl
                    ? ResolverSimulation.musl(name, ndots, searches, zone)
                    : ResolverSimulation.glibc(name, ndots, searches, zone);
            assertThat(decision.queriesAfter())
                .as("%s, dot %s, ndots %d, musl %s", decision, dot, ndots, musl)
                .isEqualTo(2 * asked.size());
          }
        });
  }

  private static boolean fileAnswers(String host) {
    return Set.of("localhost", "192.0.2.7", "pinned.corp.example").contains(host);
  }
}
