package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which names a C library asks a DNS server for, and in which order. Follows {@code
 * __res_context_search} of glibc and {@code name_from_dns_search} of musl; files, caches and
 * retries are not part of it.
 *
 * @param libc the C library
 * @param ndots the resolver option
 * @param searches search domains in order
 */
record ResolverSearch(Libc libc, int ndots, List<String> searches) {
  /** A and AAAA: getaddrinfo asks for both whenever it tries a name. */
  static final int QUERIES_PER_NAME = 2;

  /**
   * musl reads resolv.conf in lines of 256 bytes, with the line's end and a final zero, and ignores
   * a longer one altogether.
   */
  private static final int MUSL_SEARCH_LINE = 254;

  /** The largest ndots that either library takes. */
  private static final int MAX_NDOTS = 15;

  /** Copies the list. */
  ResolverSearch {
    searches = List.copyOf(searches);
  }

  /**
   * The names that are asked for as long as none is found.
   *
   * @param name a host name, with a trailing dot when it is absolute
   * @return absolute names without their trailing dot, in order
   */
  List<String> attempts(String name) {
    if (name.endsWith(".")) {
      return List.of(name.substring(0, name.length() - 1));
    }
    boolean enoughDots = dots(name) >= Math.min(ndots, MAX_NDOTS);
    return libc == Libc.musl ? musl(name, enoughDots) : glibc(name, enoughDots);
  }

  /**
   * One lookup of a name.
   *
   * @param name a host name, with a trailing dot when it is absolute
   * @param exists whether an absolute name, without trailing dot, has an address
   * @return what is asked for until a name is found
   */
  Lookup lookup(String name, Predicate<String> exists) {
    var asked = new ArrayList<String>();
    for (String attempt : attempts(name)) {
      asked.add(attempt);
      if (exists.test(attempt)) {
        return new Lookup(asked, true);
      }
    }
    return new Lookup(asked, false);
  }

  private List<String> glibc(String name, boolean enoughDots) {
    var names = new ArrayList<String>();
    boolean asIs = enoughDots;
    if (enoughDots) {
      names.add(name);
    }
    for (String search : searches) {
      String domain = bare(search);
      asIs |= domain.isEmpty();
      names.add(domain.isEmpty() ? name : name + "." + domain);
    }
    if (!asIs) {
      names.add(name);
    }
    return names;
  }

  private List<String> musl(String name, boolean enoughDots) {
    var names = new ArrayList<String>();
    if (!enoughDots && ("search " + String.join(" ", searches)).length() <= MUSL_SEARCH_LINE) {
      // the root as a search domain gives "name..", which musl cannot encode and passes over
      searches.stream()
          .map(ResolverSearch::bare)
          .filter(domain -> !domain.isEmpty())
          .forEach(domain -> names.add(name + "." + domain));
    }
    names.add(name);
    return names;
  }

  private static String bare(String domain) {
    return domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
  }

  /**
   * Number of dots.
   *
   * @param name a name
   * @return how many dots it has, a trailing one included
   */
  static int dots(String name) {
    return (int) name.chars().filter(c -> c == '.').count();
  }

  /**
   * One lookup.
   *
   * @param names absolute names that were asked for, in order
   * @param found whether the last of them has an address
   */
  record Lookup(List<String> names, boolean found) {
    /** Copies the list. */
    Lookup {
      names = List.copyOf(names);
    }

    /**
     * Number of DNS queries.
     *
     * @return queries of getaddrinfo without an address family
     */
    int queries() {
      return QUERIES_PER_NAME * names.size();
    }
  }
}
