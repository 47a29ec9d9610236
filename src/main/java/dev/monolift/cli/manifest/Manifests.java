package dev.monolift.cli.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The objects of some files.
 *
 * @param documents objects, in the order of the files
 * @param problems what could not be read
 */
public record Manifests(List<Document> documents, List<Problem> problems) {
  private static final Set<String> KUSTOMIZATIONS =
      Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

  /** Copies the lists. */
  public Manifests {
    documents = List.copyOf(documents);
    problems = List.copyOf(problems);
  }

  /**
   * Reads files.
   *
   * @param names files; directories, of which all {@code .yaml}, {@code .yml} and {@code .json}
   *     files are read, not those of directories in them; or {@code -} for standard input
   * @param standardInput what {@code -} means
   * @return what they hold
   * @throws IOException when one cannot be read; the message names it
   */
  public static Manifests read(List<String> names, InputStream standardInput) throws IOException {
    var documents = new ArrayList<Document>();
    var problems = new ArrayList<Problem>();
    for (String name : names) {
      if (name.equals("-")) {
        String text = new String(standardInput.readAllBytes(), StandardCharsets.UTF_8);
        add(YamlReader.read("standard input", text), documents, problems);
        continue;
      }
      for (Path file : files(Path.of(name))) {
        add(YamlReader.read(file.toString(), text(file)), documents, problems);
      }
    }
    return new Manifests(documents, problems);
  }

  private static List<Path> files(Path path) throws IOException {
    if (path.toString().isBlank()) {
      throw new IOException("a file has an empty name; write . for the folder that you are in");
    }
    if (!Files.exists(path)) {
      throw new IOException("there is no file or directory `" + path + "`");
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> children = Files.list(path)) {
      List<Path> files =
          children.filter(Files::isRegularFile).filter(Manifests::isManifest).sorted().toList();
      if (files.isEmpty()) {
        throw new IOException("there is no .yaml, .yml or .json file in `" + path + "`");
      }
      return files;
    }
  }

  private static boolean isManifest(Path file) {
    String name = file.getFileName().toString();
    return !KUSTOMIZATIONS.contains(name)
        && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
  }

  private static String text(Path file) throws IOException {
    try {
      return Files.readString(file);
    } catch (AccessDeniedException e) {
      throw new IOException("`" + file + "` may not be read; look at its mode", e);
    } catch (CharacterCodingException e) {
      throw new IOException("`" + file + "` is not a text file in UTF-8", e);
    }
  }

  private static void add(
      YamlReader.Result result, List<Document> documents, List<Problem> problems) {
    documents.addAll(result.documents());
    problems.addAll(result.problems());
  }
}
