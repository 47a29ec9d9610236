import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Makes the files of the operator's image below the program itself: a Java runtime with the modules
 * that it needs, the C library of this machine, and the few files in /etc that the C library reads.
 *
 * <p>usage: {@code java ImageRoot.java FOLDER}. The result is FOLDER/root. What is there already
 * and made from the same things is left as it is.
 */
final class ImageRoot {
  /** The numbers that the image's user has; the usual ones of images without a root user. */
  private static final int USER = 65532;

  /**
   * What the program and its libraries use; jdeps tells most of it, and running every command the
   * rest. OperatorImageRunIT runs the image.
   */
  private static final List<String> MODULES =
      List.of(
          "java.base",
          "java.logging", // the JDK itself and the client
          "java.management", // meters of the JVM
          "java.naming", // logback, and names in certificates
          "java.net.http", // the client
          "java.sql", // Jackson's types
          "java.xml", // logback
          "jdk.httpserver", // /livez, /readyz, /metrics
          "jdk.management", // meters of the collector
          "jdk.unsupported"); // sun.misc.Unsafe, in the meters' text format

  private static final List<String> OPTIONS =
      List.of(
          "--add-modules=" + String.join(",", MODULES),
          "--no-header-files",
          "--no-man-pages",
          "--strip-java-debug-attributes",
          // the layer is compressed as a whole, which makes it smaller than this and starts faster
          "--compress=zip-0");

  private final Path folder;
  private final Path java = Path.of(System.getProperty("java.home"));

  private ImageRoot(Path folder) {
    this.folder = folder;
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    try {
      new ImageRoot(Path.of(args[0]).toAbsolutePath()).make();
    } catch (Impossible e) {
      System.err.println(
          """
          The operator's image takes its Java runtime and C library from this machine, and that is not possible here:
            %s
          Name an image that has both, Java 25 as `java` on its PATH:  mvn -Djib.from.image=eclipse-temurin:25-jre ...
          or build without an image:                                   mvn -Djib.skip ...
          """
              .formatted(e.getMessage())
              .strip());
      System.exit(1);
    }
  }

  private void make() throws IOException, InterruptedException {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new Impossible("this is not Linux");
    }
    Path root = folder.resolve("root");
    Path stamp = folder.resolve("made-from");
    String madeFrom = madeFrom();
    if (!madeFrom.contains("ldd (")) {
      throw new Impossible("its C library is not the GNU C library");
    }
    if (Files.isRegularFile(stamp) && Files.readString(stamp).equals(madeFrom)) {
      return;
    }
    remove(folder);
    Files.createDirectories(root);
    Path runtime = root.resolve("opt/java");
    link(runtime);
    addCLibrary(runtime, root);
    addEtc(root.resolve("etc"));
    Files.writeString(stamp, madeFrom);
  }

  /** Everything that the result depends on. */
  private String madeFrom() throws IOException, InterruptedException {
    String certificates = "lib/security/cacerts";
    return String.join(
        "\n",
        Files.readString(Path.of("src/build/ImageRoot.java")),
        Files.readString(java.resolve("release")),
        certificates + " " + Files.getLastModifiedTime(java.resolve(certificates)),
        // names the version of the C library, of the distribution's package too
        run(List.of("ldd", "--version")));
  }

  /**
   * jlink of the JDK that runs this, as a process: inside this one, its output would not be the
   * same twice.
   */
  private void link(Path runtime) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of(java.resolve("bin/jlink").toString()));
    command.addAll(OPTIONS);
    command.add("--output=" + runtime);
    run(command);
    // classes that are parsed already; the header and the collector are those of jvm.options
    run(
        List.of(
            runtime.resolve("bin/java").toString(),
            "-XX:+UseCompactObjectHeaders",
            "-XX:+UseSerialGC",
            "-Xshare:dump"));
    // keytool and the like
    try (Stream<Path> files = Files.list(runtime.resolve("bin"))) {
      for (Path tool : files.filter(file -> !file.endsWith("java")).toList()) {
        Files.delete(tool);
      }
    }
  }

  /** What the programs and libraries of the runtime are linked to, at the same paths as here. */
  private void addCLibrary(Path runtime, Path root) throws IOException, InterruptedException {
    Set<Path> needed = new TreeSet<>();
    try (Stream<Path> files = Files.walk(runtime)) {
      var command = new ArrayList<>(List.of("ldd"));
      files
          .filter(file -> file.toString().endsWith(".so") || file.endsWith("bin/java"))
          .map(Path::toString)
          .sorted()
          .forEach(command::add);
      for (String line : run(command).split("\n")) {
        String path = line.replaceFirst("^.*=> ", "").replaceFirst(" \\(0x.*", "").strip();
        if (path.startsWith("/") && !path.endsWith(":") && !path.startsWith(runtime.toString())) {
          needed.add(Path.of(path));
        }
      }
    }
    Path libc =
        needed.stream().filter(path -> path.endsWith("libc.so.6")).findFirst().orElseThrow();
    // before version 2.34 the look-up of host names is in files of its own
    for (String name : List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2")) {
      if (Files.exists(libc.resolveSibling(name))) {
        needed.add(libc.resolveSibling(name));
      }
    }
    needed.add(Path.of("/usr/share/doc/libc6/copyright"));
    for (Path file : needed) {
      if (Files.exists(file)) {
        Path copy = root.resolve(Path.of("/").relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new Impossible("`" + command.getFirst() + "` says: " + output.strip());
    }
    return output;
  }

  private static void addEtc(Path etc) throws IOException {
    Files.createDirectories(etc);
    Files.writeString(
        etc.resolve("passwd"),
        "root:x:0:0:root:/:/sbin/nologin\nmonolift:x:%d:%d:Monolift:/:/sbin/nologin\n"
            .formatted(USER, USER));
    Files.writeString(etc.resolve("group"), "root:x:0:\nmonolift:x:%d:\n".formatted(USER));
    Files.writeString(
        etc.resolve("nsswitch.conf"), "passwd: files\ngroup: files\nhosts: files dns\n");
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /** This machine cannot give the files; the message says why. */
  @SuppressWarnings("serial")
  private static final class Impossible extends RuntimeException {
    Impossible(String message) {
      super(message);
    }
  }
}
