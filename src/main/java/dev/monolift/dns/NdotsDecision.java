package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsSpec;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.dns.DnsResult.Finding;
import dev.monolift.dns.DnsResult.Severity;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The ndots of the pods.
 *
 * @param ndots the value that the pods have
 * @param write whether it is written into the template
 * @param reason why, as one CamelCase word
 * @param message why, as a sentence
 * @param finding what a person should know; null means nothing
 */
record NdotsDecision(
    int ndots, boolean write, String reason, String message, @Nullable Finding finding) {
  /** Every external name with two dots then costs two queries, and db and db.ns still resolve. */
  static final int TARGET = 2;

  private static final int SHOWN_NAMES = 5;

  /**
   * Decides.
   *
   * @param spec the user's settings; null means the defaults
   * @param pod the resolver that the user's template gives
   * @param libc the image's library; null when it is not known
   * @param names the pod's relative Service names
   * @return the decision
   */
  static NdotsDecision of(
      @Nullable DnsSpec spec, PodResolver pod, @Nullable Libc libc, List<ConfiguredNames> names) {
    Integer wanted = spec == null ? null : spec.ndots();
    int before = pod.ndots();
    if (pod.userNdots()) {
      return kept(
          before,
          "UserDnsConfig",
          "The template's dnsConfig has the option ndots: " + before + ".",
          wanted == null || wanted == before ? null : ignored(wanted, before));
    }
    if (wanted != null) {
      return new NdotsDecision(
          wanted,
          true,
          "SpecNdots",
          "spec.dns.ndots asks for " + wanted + ".",
          risk(wanted, before, libc, names));
    }
    if (pod.source() != PodResolver.Source.Cluster) {
      return notCluster(pod);
    }
    List<ConfiguredNames> hit = affected(TARGET, before, names);
    if (!hit.isEmpty()) {
      return held(before, hit);
    }
    return libc == null
        ? kept(
            before,
            "LibcUnknown",
            "ndots stays "
                + before
                + ": the image's name does not tell its C library. Set spec.dns.libc to glibc or"
                + " musl, or set spec.dns.ndots.",
            null)
        : new NdotsDecision(
            TARGET,
            true,
            "SafeDefault",
            "The image uses " + libc + ", and no configured name needs more than ndots: 2.",
            null);
  }

  private static NdotsDecision kept(
      int ndots, String reason, String message, @Nullable Finding finding) {
    return new NdotsDecision(ndots, false, reason, message, finding);
  }

  private static NdotsDecision notCluster(PodResolver pod) {
    String policy =
        switch (pod.source()) {
          case Template -> "dnsPolicy: None";
          case HostNetwork -> "hostNetwork: true with dnsPolicy: ClusterFirst";
          default -> "dnsPolicy: Default";
        };
    return kept(
        pod.ndots(),
        "NotClusterDns",
        "ndots is left alone: with "
            + policy
            + " the pods do not get the cluster's search domains and its ndots: 5.",
        null);
  }

  private static NdotsDecision held(int before, List<ConfiguredNames> hit) {
    String message =
        "ndots stays "
            + before
            + ", because with ndots: 2 a name such as service.namespace.svc costs 8 queries on"
            + " glibc and does not resolve on musl: "
            + list(hit)
            + ". Write service.namespace or the full name, or set spec.dns.ndots.";
    return kept(
        before,
        "ServiceNameInConfig",
        message,
        new Finding(Severity.WARNING, "ServiceNameInConfig", message));
  }

  private static @Nullable Finding risk(
      int wanted, int before, @Nullable Libc libc, List<ConfiguredNames> names) {
    List<ConfiguredNames> hit = affected(wanted, before, names);
    if (!hit.isEmpty()) {
      return new Finding(
          Severity.WARNING,
          "ServiceNameInConfig",
          "spec.dns.ndots: "
              + wanted
              + " is carried out, but these names cost more queries on glibc and do not resolve on"
              + " musl: "
              + list(hit)
              + ". Write service.namespace or the full name.");
    }
    if (wanted < TARGET && before >= TARGET && libc != Libc.glibc) {
      return new Finding(
          Severity.WARNING,
          "NdotsTooSmall",
          "spec.dns.ndots: 1 is carried out, but on musl a name such as service.namespace does not"
              + " resolve with it. Set spec.dns.ndots: 2, or spec.dns.libc: glibc if the image has"
              + " it.");
    }
    return null;
  }

  private static Finding ignored(int wanted, int before) {
    return new Finding(
        Severity.WARNING,
        "NdotsIgnored",
        "spec.dns.ndots: "
            + wanted
            + " is not carried out, because the template's dnsConfig says ndots: "
            + before
            + ". Remove one of the two.");
  }

  private static List<ConfiguredNames> affected(
      int ndots, int before, List<ConfiguredNames> names) {
    return names.stream().filter(name -> name.dots() >= ndots && name.dots() < before).toList();
  }

  private static String list(List<ConfiguredNames> names) {
    String shown =
        names.stream()
            .limit(SHOWN_NAMES)
            .map(name -> name.name() + " (" + name.where() + ")")
            .collect(Collectors.joining(", "));
    int more = names.size() - SHOWN_NAMES;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
