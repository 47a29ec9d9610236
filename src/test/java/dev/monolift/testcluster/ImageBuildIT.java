package dev.monolift.testcluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The cache of test images: what is built again and when, at once, and after a kill. */
class ImageBuildIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;
  private Path recipes = Path.of("");
  private Path cache = Path.of("");

  @BeforeEach
  void ownRecipes() throws IOException {
    recipes = folder.resolve("images");
    cache = folder.resolve("cache");
    String ours = Command.inRepository("src/testcluster/images").toString();
    Command.output("cp", "-r", "-L", ours, recipes.toString());
    Files.createDirectory(recipes.resolve("tiny"));
    write("tiny/tiny.json", "{}");
  }

  @Test
  void theSecondTimeNothingIsBuiltAndNothingSaid() throws Exception {
    String first = build("tiny").result();

    ImageBuild second = build("tiny");
    assertThat(second.result()).isEqualTo(first);
    assertThat(second.messages()).isEmpty();
  }

  @Test
  void anotherListOfPackagesMakesAnotherImage() throws Exception {
    write("tiny/packages.txt", "media-types  # small, and needs no other\n");
    Path first = Path.of(build("tiny").result(), "tiny.tar").toRealPath();
    build("pause").result();

    write("tiny/packages.txt", "media-types\nreadline-common\n-dpkg\n");
    String set = build("tiny").result();
    Path second = Path.of(set, "tiny.tar").toRealPath();

    assertThat(second).isNotEqualTo(first);
    assertThat(first).exists();
    assertThat(Files.readString(Path.of(set, "tiny.versions")))
        .matches("media-types \\S+\nreadline-common \\S+\n");
    ImageBuild pause = build("pause");
    assertThat(pause.result()).isEqualTo(set);
    assertThat(pause.messages()).as("of an image that has nothing to do with it").isEmpty();
  }

  @Test
  void equalRecipesMakeEqualBytes() throws Exception {
    write("tiny/packages.txt", "media-types\n");
    Path one = Path.of(build("tiny").result(), "tiny.tar");
    ImageBuild again = ImageBuild.start(recipes, folder.resolve("other"), "tiny");
    Path other = Path.of(again.result(), "tiny.tar");

    assertThat(Files.mismatch(one, other)).isEqualTo(-1);
  }

  @Test
  void ofTwoBuildsAtOnceOneWaits() throws Exception {
    blockedUntilGo();
    try (ImageBuild first = build("tiny")) {
      awaitMessage(first, "blocked");
      try (ImageBuild second = build("tiny")) {
        awaitMessage(second, "waiting for it");

        Files.createFile(folder.resolve("go"));

        assertThat(second.result()).isEqualTo(first.result());
        assertThat(second.messages()).doesNotContain("building");
      }
    }
  }

  @Test
  void whatAKilledBuildLeftIsNotTakenForFinished() throws Exception {
    blockedUntilGo();
    try (ImageBuild killed = build("tiny")) {
      awaitMessage(killed, "blocked");
    }
    assertThat(leftovers()).hasSize(1);

    Files.createFile(folder.resolve("go"));
    ImageBuild next = build("tiny");

    assertThat(Path.of(next.result(), "tiny.tar")).exists();
    assertThat(next.messages()).contains("built the test images of tiny");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void aFailedBuildLeavesNothing() throws Exception {
    write("tiny/prepare.sh", "echo 'the recipe is wrong' >&2; exit 3\n");

    assertThat(build("tiny").result()).startsWith("exit code 3").contains("the recipe is wrong");
    assertThat(leftovers()).isEmpty();
  }

  @Test
  void anUnknownNameIsAnsweredWithTheKnownOnes() throws Exception {
    assertThat(build("phpp").result())
        .startsWith("exit code 64")
        .contains("there is no test image 'phpp'", "php-bash", "pause", "tiny");
  }

  @Test
  void anUnknownPackageIsNamed() throws Exception {
    write("tiny/packages.txt", "no-such-package\n");

    assertThat(build("tiny").result())
        .startsWith("exit code 70")
        .contains("no-such-package", "apt-get update");
  }

  private ImageBuild build(String image) throws IOException {
    return ImageBuild.start(recipes, cache, image);
  }

  private void blockedUntilGo() throws IOException {
    write(
        "tiny/prepare.sh",
        "echo blocked >&2; until [ -e '%s' ]; do sleep 0.1; done\n"
            .formatted(folder.resolve("go")));
  }

  private static void awaitMessage(ImageBuild build, String message) {
    await().atMost(PATIENCE).until(() -> build.messages().contains(message));
  }

  private List<Path> leftovers() throws IOException {
    try (var entries = Files.list(cache.resolve("testcluster/images"))) {
      return entries.filter(entry -> entry.toString().contains(".building.")).toList();
    }
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(recipes.resolve(file), text);
  }
}
