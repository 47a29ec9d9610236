package dev.monolift.drain;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Programs that start the program that follows in their arguments. */
final class Wrappers {
  /**
   * Those that replace themselves by it, or pass signals on; with the options that take a value.
   */
  private static final Map<String, Set<String>> TRANSPARENT =
      Map.ofEntries(
          Map.entry("env", Set.of("-u", "-C", "--unset", "--chdir")),
          Map.entry("nice", Set.of("-n")),
          Map.entry("ionice", Set.of("-c", "-n")),
          Map.entry("nohup", Set.of()),
          Map.entry("stdbuf", Set.of("-i", "-o", "-e")),
          Map.entry("setpriv", Set.of()),
          Map.entry("chpst", Set.of("-u", "-U", "-b", "-e", "-n", "-l", "-L", "-o", "-p", "-m")),
          Map.entry("gosu", Set.of()),
          Map.entry("su-exec", Set.of()),
          Map.entry("s6-setuidgid", Set.of()),
          Map.entry("timeout", Set.of("-k", "-s", "--kill-after", "--signal")),
          Map.entry("sudo", Set.of("-u", "-g", "-C", "-h", "-p")),
          Map.entry("command", Set.of()),
          Map.entry("exec", Set.of("-a")),
          Map.entry("busybox", Set.of()),
          Map.entry("docker-php-entrypoint", Set.of()));

  /** Those of them whose first argument is not yet the program: a user, a time. */
  private static final Set<String> ONE_ARGUMENT =
      Set.of("gosu", "su-exec", "s6-setuidgid", "timeout");

  /** Those that stay, wait, and pass no signal on. */
  private static final Set<String> WAITING = Set.of("flock", "su", "runuser", "setsid");

  private static final Map<String, Set<String>> INITS =
      Map.of(
          "tini", Set.of("-p", "-e"),
          "tini-static", Set.of("-p", "-e"),
          "docker-init", Set.of("-p", "-e"),
          "catatonit", Set.of("-P"),
          "dumb-init", Set.of("-r", "--rewrite"));

  private Wrappers() {}

  static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  static boolean isInit(String name) {
    return INITS.containsKey(name);
  }

  static boolean waits(String name) {
    return WAITING.contains(name);
  }

  /** The program with its arguments, without the transparent ones before it. */
  static List<String> unwrapped(List<String> argv) {
    List<String> rest = argv;
    while (!rest.isEmpty() && TRANSPARENT.containsKey(name(rest.getFirst()))) {
      String name = name(rest.getFirst());
      List<String> next =
          afterOptions(rest.subList(1, rest.size()), TRANSPARENT.getOrDefault(name, Set.of()));
      if (ONE_ARGUMENT.contains(name) && !next.isEmpty()) {
        next = next.subList(1, next.size());
      }
      while (name.equals("env") && !next.isEmpty() && next.getFirst().indexOf('=') > 0) {
        next = next.subList(1, next.size());
      }
      rest = next;
    }
    return rest;
  }

  /** What an init starts. */
  static List<String> behindInit(List<String> argv) {
    return afterOptions(
        argv.subList(1, argv.size()), INITS.getOrDefault(name(argv.getFirst()), Set.of()));
  }

  private static List<String> afterOptions(List<String> words, Set<String> withValue) {
    int at = 0;
    while (at < words.size() && words.get(at).startsWith("-")) {
      String option = words.get(at++);
      if (option.equals("--")) {
        break;
      }
      at += withValue.contains(option) ? 1 : 0;
    }
    return words.subList(Math.min(at, words.size()), words.size());
  }
}
