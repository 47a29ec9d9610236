package dev.monolift.drain;

import dev.monolift.drain.ImageFacts.Shell;
import dev.monolift.shell.Command;
import dev.monolift.shell.Script;
import dev.monolift.shell.ShellReader;
import dev.monolift.shell.Word;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recognises a program with its arguments.
 *
 * @param image what the image's name tells
 * @param files files whose text is known
 * @param depth how many programs have led here
 */
record EntrypointReader(ImageFacts image, VisibleFiles files, int depth) {
  private static final int DEEPEST = 8;
  private static final Set<String> SHELLS =
      Set.of("sh", "bash", "dash", "ash", "ksh", "mksh", "zsh");
  private static final Set<String> SERVERS =
      Set.of("nginx", "httpd", "apache2", "apache2-foreground", "apachectl", "caddy", "frankenphp");

  /** What kinds of programs these words start. */
  Seen read(List<String> words) {
    List<String> argv = Wrappers.unwrapped(words);
    String all = String.join(" ", argv);
    if (argv.isEmpty() || depth > DEEPEST) {
      return new Seen(EntrypointShape.OtherProgram, String.join(" ", words));
    }
    String name = Wrappers.name(argv.getFirst());
    if (SERVERS.contains(name) || name.matches("php-?fpm[\\d.]*")) {
      return new Seen(EntrypointShape.WebServer, name);
    }
    if (isPhp(argv)) {
      return php(argv);
    }
    if (SHELLS.contains(name)) {
      return shell(argv, name);
    }
    if (Wrappers.isInit(name)) {
      return init(argv);
    }
    if (name.equals("supervisord")) {
      return supervisord(argv);
    }
    if (Wrappers.waits(name)) {
      return new Seen(EntrypointShape.WrapperWaits, all);
    }
    var text = files.text(argv.getFirst());
    if (text.isPresent()) {
      return script(argv.getFirst(), text.get(), interpreter(text.get()), argv);
    }
    return new Seen(
        name.endsWith(".sh") || name.contains("entrypoint")
            ? EntrypointShape.ScriptNotVisible
            : EntrypointShape.OtherProgram,
        argv.getFirst());
  }

  private EntrypointReader deeper() {
    return new EntrypointReader(image, files, depth + 1);
  }

  static boolean isPhp(List<String> argv) {
    String name = argv.isEmpty() ? "" : Wrappers.name(argv.getFirst());
    return name.matches("php(-?cli)?[\\d.]*|artisan|.+\\.php|.+\\.phar")
        || (name.equals("console") && argv.getFirst().endsWith("bin/console"));
  }

  private Seen php(List<String> argv) {
    String code = null;
    for (int i = 1; i < argv.size() && code == null; i++) {
      String word = argv.get(i);
      if (word.equals("-r") && i + 1 < argv.size()) {
        code = argv.get(i + 1);
      } else if (word.equals("-d") || word.equals("-c")) {
        i++;
      } else if (!word.startsWith("-") || word.equals("-f")) {
        code =
            files
                .text(word.equals("-f") && i + 1 < argv.size() ? argv.get(i + 1) : word)
                .orElse("");
      }
    }
    var shape =
        switch (code == null || code.isEmpty() ? PhpText.Finding.UNKNOWN : PhpText.of(code)) {
          case HANDLES -> EntrypointShape.PhpWithHandler;
          case NO_HANDLER -> EntrypointShape.NoHandler;
          case HANDLER_NOT_RUN -> EntrypointShape.HandlerNotRun;
          case UNKNOWN -> EntrypointShape.DirectPhp;
        };
    return new Seen(shape, String.join(" ", argv));
  }

  private Seen shell(List<String> argv, String name) {
    Shell shell =
        switch (name) {
          case "bash" -> Shell.BASH;
          case "dash" -> Shell.DASH;
          case "ash" -> Shell.BUSYBOX;
          default -> image.shell();
        };
    boolean inline = false;
    int at = 1;
    while (at < argv.size() && argv.get(at).matches("[-+].+")) {
      String option = argv.get(at++);
      inline |= option.matches("-[a-zA-Z]*c[a-zA-Z]*");
      // -o and +o take a value, also at the end of a bundle such as -euo
      at += option.matches("[-+][a-zA-Z]*o") ? 1 : 0;
    }
    if (at >= argv.size()) {
      return new Seen(EntrypointShape.OtherProgram, String.join(" ", argv));
    }
    List<String> rest = argv.subList(at + 1, argv.size());
    if (inline) {
      // The first word after the text is $0.
      List<String> arguments = rest.isEmpty() ? rest : rest.subList(1, rest.size());
      return script("", argv.get(at), shell, arguments, true);
    }
    String file = argv.get(at);
    return files
        .text(file)
        .map(text -> script(file, text, shell, rest, false))
        .orElseGet(() -> new Seen(EntrypointShape.ScriptNotVisible, file));
  }

  /** A file that is a program: what its first line says. */
  private Seen script(String file, String text, String interpreter, List<String> argv) {
    if (isPhp(List.of(interpreter))) {
      return php(List.of(interpreter, file));
    }
    return SHELLS.contains(interpreter)
        ? script(file, text, image.shell(), argv.subList(1, argv.size()), false)
        : new Seen(EntrypointShape.OtherProgram, file);
  }

  private static String interpreter(String text) {
    String first = text.lines().findFirst().orElse("");
    if (!first.startsWith("#!")) {
      return "sh";
    }
    List<String> words = Wrappers.unwrapped(List.of(first.substring(2).strip().split("\\s+")));
    return words.isEmpty() ? "" : Wrappers.name(words.getFirst());
  }

  private Seen script(
      String file, String text, Shell shell, List<String> arguments, boolean inline) {
    return switch (ShellReader.read(text)) {
      case ShellReader.Refused refused ->
          new Seen(
              EntrypointShape.ShellUnreadable,
              (file.isEmpty() ? "" : file + " ") + refused.at() + ": " + refused.message());
      case ShellReader.Accepted accepted ->
          new ShellFate(accepted.script(), shell, inline, arguments)
              .decide(deeper()::read)
              .orElseGet(
                  () -> new Seen(EntrypointShape.OtherProgram, file.isEmpty() ? text : file));
    };
  }

  private Seen init(List<String> argv) {
    Seen inner = deeper().read(Wrappers.behindInit(argv));
    return switch (inner.shape()) {
      case ScriptNotVisible -> inner.as(EntrypointShape.InitBeforeScript);
      case ScriptWithoutExec,
          ShellPipe,
          TrapWithoutForward,
          ShellLoop,
          ShellForks,
          ShellRedirect,
          CommandAfter,
          ShellBackground,
          WrapperWaits ->
          inner.as(EntrypointShape.InitBeforeShell);
      default -> inner;
    };
  }

  private Seen supervisord(List<String> argv) {
    int option = Math.max(argv.indexOf("-c"), argv.indexOf("--configuration"));
    String path = option >= 0 && option + 1 < argv.size() ? argv.get(option + 1) : "";
    var text = files.text(path);
    if (text.isEmpty()) {
      return new Seen(EntrypointShape.Supervisord, path.isEmpty() ? "its configuration" : path);
    }
    Map<String, String> commands = SupervisordFile.commands(text.get());
    for (Map.Entry<String, String> program : commands.entrySet()) {
      Seen seen = deeper().read(words(program.getValue()));
      if (seen.shape().stop() == EntrypointShape.Stop.Breaks) {
        boolean inPhp =
            seen.shape() == EntrypointShape.NoHandler
                || seen.shape() == EntrypointShape.HandlerNotRun;
        return inPhp
            ? seen
            : new Seen(EntrypointShape.SupervisordShell, "[program:" + program.getKey() + "]");
      }
      if (!seen.drains()) {
        return new Seen(EntrypointShape.Supervisord, "[program:" + program.getKey() + "]");
      }
    }
    return new Seen(
        commands.isEmpty() ? EntrypointShape.Supervisord : EntrypointShape.SupervisordDirect, path);
  }

  /** supervisord splits a command as a shell does, but starts it without one. */
  private static List<String> words(String command) {
    String plain = command.replaceAll("%\\(([^)]*)\\)s", "$1");
    return ShellReader.read(plain) instanceof ShellReader.Accepted accepted
            && !accepted.script().statements().isEmpty()
            && simple(accepted.script()) instanceof Command.Simple simple
        ? simple.words().stream().map(Word::shown).toList()
        : List.of(command.split("\\s+"));
  }

  private static Command simple(Script script) {
    return script.statements().getFirst().andOr().first().commands().getFirst();
  }
}
