package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.Seeds;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.proof.Proof;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the two C libraries ask for. */
class ResolverSearchTest {
  private static final List<String> FIVE =
      List.of(
          "shop.svc.cluster.local",
          "svc.cluster.local",
          "cluster.local",
          "tokyo.corp.example",
          "corp.example");
  private static final Set<String> ZONE =
      Set.of("svc.corp.example", "db.shop.svc.cluster.local", "db.stock.svc.cluster.local");

  @ParameterizedTest(name = "{1} at ndots:{2} on {0}: {3} queries, found: {4}")
  @CsvSource({
    "glibc, svc.corp.example,  5, 12, true",
    "glibc, svc.corp.example., 5,  2, true",
    "glibc, svc.corp.example,  2,  2, true",
    "glibc, svc.corp.example., 2,  2, true",
    "glibc, svc.corp.example,  1,  2, true",
    "glibc, db,                5,  2, true",
    "glibc, db,                2,  2, true",
    "glibc, db.,               5,  2, false",
    "glibc, db.stock,          5,  4, true",
    "glibc, db.stock,          2,  4, true",
    "glibc, db.stock,          1,  6, true",
    "glibc, db.stock.svc,      5,  6, true",
    "glibc, db.stock.svc,      2,  8, true",
    "glibc, db.stock.svc.cluster.local, 5, 12, true",
    "glibc, db.stock.svc.cluster.local, 2,  2, true",
    "glibc, none.corp.example, 5, 12, false",
    "glibc, none.corp.example, 2, 12, false",
    "musl,  svc.corp.example,  5, 12, true",
    "musl,  svc.corp.example., 5,  2, true",
    "musl,  svc.corp.example,  2,  2, true",
    "musl,  db,                2,  2, true",
    "musl,  db.stock,          2,  4, true",
    "musl,  db.stock,          1,  2, false",
    "musl,  db.stock.svc,      5,  6, true",
    "musl,  db.stock.svc,      2,  2, false",
    "musl,  none.corp.example, 2,  2, false",
  })
  void queries(Libc libc, String name, int ndots, int queries, boolean found) {
    var lookup = new ResolverSearch(libc, ndots, FIVE).lookup(name, ZONE::contains);

    assertThat(lookup.queries()).isEqualTo(queries);
    assertThat(lookup.found()).isEqualTo(found);
  }

  @Test
  void muslIgnoresASearchLineThatDoesNotFitItsBuffer() {
    String domain = "a".repeat(60) + ".example";
    var fits = new ArrayList<>(List.of(domain, domain, domain));
    fits.add("b".repeat(254 - "search ".length() - 3 * (domain.length() + 1)));

    assertThat(new ResolverSearch(Libc.musl, 5, fits).attempts("db")).hasSize(5);
    fits.set(3, fits.get(3) + "b");
    assertThat(new ResolverSearch(Libc.musl, 5, fits).attempts("db")).containsExactly("db");
    assertThat(new ResolverSearch(Libc.glibc, 5, fits).attempts("db")).hasSize(5);
  }

  @Test
  void theRootAsASearchDomainStandsForTheNameItself() {
    var search = List.of("shop.example", ".");

    assertThat(new ResolverSearch(Libc.glibc, 5, search).attempts("db"))
        .containsExactly("db.shop.example", "db");
    assertThat(new ResolverSearch(Libc.musl, 5, search).attempts("db"))
        .containsExactly("db.shop.example", "db");
  }

  @Test
  void agreesWithASimulationOfTheSources() {
    int lookups = Seeds.count(4000);
    long seed = 1;
    var random = new Random(seed);
    for (int i = 0; i < lookups; i++) {
      var search = new ArrayList<>(FIVE.subList(0, random.nextInt(6)));
      Collections.shuffle(search, random);
      String name =
          String.join(
                  ".", IntStream.range(0, 1 + random.nextInt(6)).mapToObj(n -> "n" + n).toList())
              + (random.nextInt(4) == 0 ? "." : "");
      int ndots = random.nextInt(7);
      var candidates = new ArrayList<String>();
      search.forEach(domain -> candidates.add(name + "." + domain));
      candidates.add(name.replaceFirst("\\.$", ""));
      Collections.shuffle(candidates, random);
      var zone = Set.copyOf(candidates.subList(0, random.nextInt(3) % (candidates.size() + 1)));

      assertThat(new ResolverSearch(Libc.glibc, ndots, search).lookup(name, zone::contains).names())
          .as("glibc %s ndots %d in %s with %s", name, ndots, search, zone)
          .isEqualTo(ResolverSimulation.glibc(name, ndots, search, zone));
      assertThat(new ResolverSearch(Libc.musl, ndots, search).lookup(name, zone::contains).names())
          .as("musl %s ndots %d in %s with %s", name, ndots, search, zone)
          .isEqualTo(ResolverSimulation.musl(name, ndots, search, zone));
    }
    Proof.fact(
        Proof.Chapter.DNS,
        "the resolver model asks what the sources of glibc and musl ask",
        lookups + " random lookups in each library, seed " + seed);
  }
}
