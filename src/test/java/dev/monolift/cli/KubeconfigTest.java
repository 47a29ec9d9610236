package dev.monolift.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which mistakes in a kubeconfig are said before anything is connected to. */
final class KubeconfigTest {
  private static final String SHOP =
      """
      apiVersion: v1
      kind: Config
      current-context: shop
      clusters: [{name: one, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: nobody, user: {token: none}}]
      contexts:
        - {name: shop, context: {cluster: one, user: nobody}}
        - {name: mail, context: {cluster: two, user: nobody}}
        - {name: hollow}
      """;

  @TempDir private Path folder;

  @Test
  void aContextThatIsThereIsFine() throws IOException {
    assertThat(mistake("shop", SHOP)).isEmpty();
    assertThat(mistake(null, SHOP)).isEmpty();
  }

  @Test
  void aContextThatIsNotThereIsNotReplacedByTheCurrentOne() throws IOException {
    assertThat(mistake("sohp", SHOP))
        .contains("the context `sohp` is not in `" + file(0) + "`; there is: mail, shop");
  }

  @Test
  void aContextWithoutContentIsNone() throws IOException {
    assertThat(mistake("hollow", SHOP).orElseThrow()).contains("`hollow` is not in");
  }

  @Test
  void aCurrentContextThatIsNotThereIsSaid() throws IOException {
    assertThat(mistake(null, "current-context: gone\n"))
        .contains("the current context `gone` is not in `" + file(0) + "`; there is none");
  }

  @Test
  void aMissingCurrentContextIsNotReplacedByAnotherCluster() throws IOException {
    String noCurrent = SHOP.replace("current-context: shop\n", "");
    assertThat(mistake(null, noCurrent))
        .contains(
            "there is no current context in `"
                + file(0)
                + "`; choose one with --context: mail, shop");
    assertThat(mistake("shop", noCurrent)).isEmpty();
    // nothing to choose from: a pod has the cluster that it runs in
    assertThat(mistake(null, "kind: Config\n")).isEmpty();
  }

  @Test
  void aContextOfAClusterThatIsNotThereIsSaid() throws IOException {
    assertThat(mistake("mail", SHOP))
        .contains("the context `mail` is of the cluster `two`, which is not in `" + file(0) + "`");
  }

  @Test
  void severalFilesAreOneKubeconfig() throws IOException {
    String two = "clusters: [{name: two, cluster: {server: 'https://127.0.0.1:2'}}]\n";

    assertThat(mistake("mail", two, SHOP)).isEmpty();
  }

  @Test
  void aFileThatIsNoYamlIsNamedWithTheLine() throws IOException {
    assertThat(mistake(null, "contexts: [\n").orElseThrow())
        .startsWith("the kubeconfig cannot be read: " + file(0) + ":2: not valid YAML: ");
  }

  @Test
  void aFileThatIsTextIsNamed() throws IOException {
    assertThat(mistake(null, "not a kubeconfig\n").orElseThrow())
        .startsWith("the kubeconfig cannot be read: " + file(0) + ":1: ");
  }

  @Test
  void aFileThatTheUserNamedMustBeThere() {
    assertThat(Kubeconfig.mistake(List.of("no-such"), true, null).orElseThrow())
        .startsWith("KUBECONFIG names `no-such`, and there is no file");
  }

  @Test
  void anEmptyFileThatTheUserNamedIsNone() throws IOException {
    assertThat(mistake(null, "").orElseThrow()).contains("there is no file with anything in it");
  }

  @Test
  void ofSeveralFilesOneMayBeMissing() throws IOException {
    Files.writeString(file(0), SHOP);

    assertThat(Kubeconfig.mistake(List.of("no-such", file(0).toString()), true, "shop")).isEmpty();
  }

  @Test
  void theStandardFileNeedNotBeThereUnlessAContextIsNamed() {
    assertThat(Kubeconfig.mistake(List.of("no-such"), false, null)).isEmpty();
    assertThat(Kubeconfig.mistake(List.of("no-such"), false, "shop").orElseThrow())
        .startsWith("there is no context `shop`, because there is no kubeconfig `no-such`");
  }

  private Optional<String> mistake(@Nullable String context, String... contents)
      throws IOException {
    for (int i = 0; i < contents.length; i++) {
      Files.writeString(file(i), contents[i]);
    }
    List<String> files =
        IntStream.range(0, contents.length).mapToObj(i -> file(i).toString()).toList();
    return Kubeconfig.mistake(files, true, context);
  }

  private Path file(int index) {
    return folder.resolve("kubeconfig-" + index);
  }
}
