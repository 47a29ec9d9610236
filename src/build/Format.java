import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Formats the Java files below the given folders ({@code --fix}) or names those that are not
 * formatted ({@code --check}).
 */
final class Format {
  public static void main(String[] args) throws Exception {
    boolean fix = args[0].equals("--fix");
    var formatter = new Formatter();
    int wrong = 0;
    for (String root : List.of(args).subList(1, args.length)) {
      try (var paths = Files.walk(Path.of(root))) {
        for (Path file :
            paths.filter(path -> path.toString().endsWith(".java")).sorted().toList()) {
          String source = Files.readString(file);
          String ordered =
              ImportOrderer.reorderImports(
                  RemoveUnusedImports.removeUnusedImports(source),
                  JavaFormatterOptions.Style.GOOGLE);
          String formatted = formatter.formatSource(ordered);
          if (formatted.equals(source)) {
            continue;
          }
          if (fix) {
            Files.writeString(file, formatted);
          } else {
            System.err.println("not formatted: " + file);
            wrong++;
          }
        }
      }
    }
    if (wrong > 0) {
      System.err.println("run: mvn -q -Pformat process-sources");
      System.exit(1);
    }
  }
}
