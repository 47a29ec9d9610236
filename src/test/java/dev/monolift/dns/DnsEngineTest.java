package dev.monolift.dns;

import static org.assertj.core.api.Assertions.assertThat;

import dev.monolift.GoldenFile;
import dev.monolift.api.v1alpha1.MonolithWorker;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole workers: a folder per case under {@code src/test/resources/DnsEngineTest}. */
class DnsEngineTest {
  private static final Path CASES = Path.of("src/test/resources/DnsEngineTest");

  static Stream<String> cases() throws IOException {
    try (var folders = Files.list(CASES)) {
      return folders.map(folder -> folder.getFileName().toString()).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void plansAsTheFolderSays(String name) throws IOException {
    Path folder = CASES.resolve(name);
    var worker =
        Serialization.unmarshal(
            Files.readString(folder.resolve("in-worker.yaml")), MonolithWorker.class);
    var request =
        new DnsRequest(
            worker.getMetadata().getName(),
            worker.getMetadata().getNamespace(),
            worker.getSpec().dns(),
            worker.getSpec().template(),
            "app",
            Requests.FIVE_DOMAINS,
            configMaps(folder.resolve("in-configmaps.yaml")));

    DnsResult result = DnsEngine.plan(request);

    var status = new LinkedHashMap<String, Object>();
    status.put("status", result.status());
    status.put("findings", result.findings());
    var written =
        new ArrayList<>(List.of("in-worker.yaml", "out-template.yaml", "out-status.yaml"));
    check(folder.resolve("out-template.yaml"), Serialization.asYaml(result.template()));
    check(folder.resolve("out-status.yaml"), Serialization.asYaml(status));
    if (!request.configMaps().isEmpty()) {
      written.add("in-configmaps.yaml");
    }
    if (!result.configMaps().isEmpty()) {
      written.add("out-configmaps.yaml");
      check(
          folder.resolve("out-configmaps.yaml"),
          result.configMaps().stream().map(Serialization::asYaml).collect(Collectors.joining()));
    }
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("files of case %s: no unused ones", name)
          .containsExactlyInAnyOrderElementsOf(written);
    }
  }

  private static List<ConfigMap> configMaps(Path file) throws IOException {
    var maps = new ArrayList<ConfigMap>();
    if (Files.exists(file)) {
      for (String document : Files.readString(file).split("(?m)^---\n", -1)) {
        maps.add(Serialization.unmarshal(document, ConfigMap.class));
      }
    }
    return maps;
  }

  private static void check(Path file, String generated) {
    GoldenFile.check(file, generated, "mvn -q test -Dtest=DnsEngineTest -Dgolden.update");
  }
}
