package dev.monolift.proof;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Records what a test measured; {@link ProofPage} makes docs/proof.md of it. */
public final class Proof {
  static final Path FOLDER = Path.of("target", "proof");

  private static final ObjectMapper JSON = new ObjectMapper();

  private Proof() {}

  /** Chapters of the page, in their order. */
  public enum Chapter {
    /** The loop from a resource to its children. */
    RECONCILE("Reconcile loop"),
    /** The kind MonolithWorker. */
    WORKER("MonolithWorker"),
    /** The end of a pod. */
    DRAIN("The drain"),
    /** Name resolution. */
    DNS("DNS"),
    /** The promises kept by containers that really run. */
    NODE("On a real node"),
    /** Schemas and examples. */
    API("Custom resources"),
    /** The image and the manifests, on a real node. */
    INSTALL("The installed operator");

    final String title;

    Chapter(String title) {
      this.title = title;
    }
  }

  /** Whether this is the run with the full counts ({@code mvn verify -Pproof}). */
  public static boolean isFull() {
    return Boolean.getBoolean("monolift.proof");
  }

  /**
   * Records one fact. Call it after the assertions that it stands for.
   *
   * @param chapter where it belongs
   * @param promise what users are promised, a sentence
   * @param figure what was measured, with counts and seed
   */
  public static void fact(Chapter chapter, String promise, String figure) {
    var test =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames.filter(f -> !f.getClassName().equals(Proof.class.getName())).findFirst())
            .orElseThrow();
    var simpleName = test.getClassName().substring(test.getClassName().lastIndexOf('.') + 1);
    var fact = new Fact(chapter, promise, simpleName.replace('$', '.'), figure);
    try {
      Files.createDirectories(FOLDER);
      Files.writeString(
          FOLDER.resolve(simpleName + ".jsonl"),
          JSON.writeValueAsString(fact) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One line of the page.
   *
   * @param chapter where it belongs
   * @param promise what users are promised
   * @param test class that measured it
   * @param figure what was measured
   */
  record Fact(Chapter chapter, String promise, String test, String figure) {}
}
