package dev.monolift.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The two C libraries' search, written down a second time, statement by statement after their
 * sources and apart from {@link ResolverSearch}.
 */
final class ResolverSimulation {
  private final Set<String> zone;
  private final List<String> asked = new ArrayList<>();

  private ResolverSimulation(Set<String> zone) {
    this.zone = zone;
  }

  /** Names that glibc's __res_context_search asks for. */
  static List<String> glibc(String name, int ndots, List<String> search, Set<String> zone) {
    var run = new ResolverSimulation(zone);
    int dots = 0;
    for (int cp = 0; cp < name.length(); cp++) {
      if (name.charAt(cp) == '.') {
        dots++;
      }
    }
    boolean trailingDot = name.charAt(name.length() - 1) == '.';
    boolean triedAsIs = false;
    if (dots >= ndots || trailingDot) {
      if (run.query(name) || trailingDot) {
        return run.asked;
      }
      triedAsIs = true;
    }
    for (String domain : search) {
      if (run.query(name + "." + domain)) {
        return run.asked;
      }
    }
    if (!triedAsIs) {
      run.query(name);
    }
    return run.asked;
  }

  /** Names that musl's name_from_dns_search asks for. */
  static List<String> musl(String name, int ndots, List<String> search, Set<String> zone) {
    var run = new ResolverSimulation(zone);
    var rest = new ArrayList<>(search);
    int dots = name.length() - name.replace(".", "").length();
    if (dots >= ndots || name.endsWith(".")) {
      rest.clear();
    }
    while (!rest.isEmpty()) {
      if (run.query(name + "." + rest.removeFirst())) {
        return run.asked;
      }
    }
    run.query(name);
    return run.asked;
  }

  private boolean query(String name) {
    String absolute = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    asked.add(absolute);
    return zone.contains(absolute);
  }
}
