package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsSpec;
import dev.monolift.api.v1alpha1.DnsSpec.Libc;
import dev.monolift.api.v1alpha1.DnsStatus;
import dev.monolift.dns.DnsResult.Finding;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides how the pods of a resource resolve names, and writes it into their template. Pure: equal
 * requests give equal results, and nothing in a request is changed.
 */
public final class DnsEngine {
  private DnsEngine() {}

  /**
   * Plans the DNS settings of one resource.
   *
   * @param request what is known of the resource
   * @return the template to use, its ConfigMaps, the decisions and the findings
   */
  public static DnsResult plan(DnsRequest request) {
    Container program = container(request.template(), request.container());
    var pod = PodResolver.of(request.template().getSpec(), request.namespace(), request.cluster());
    Optional<Libc> libc = libc(request.spec(), program);
    var ndots =
        NdotsDecision.of(request.spec(), pod, libc.orElse(null), ConfiguredNames.of(request));
    var endpoints = new EndpointJudge(request, program, ndots.ndots()).judge();
    var written = TemplateWriter.write(request, ndots, endpoints);

    // for a complete name both libraries ask the same while the library is not known
    Libc model = libc.orElse(Libc.glibc);
    var report =
        new EndpointReport(
            new HostQueries(request.namespace(), request.cluster().clusterDomain()),
            new ResolverSearch(model, pod.ndots(), pod.searches()),
            new ResolverSearch(model, ndots.ndots(), pod.searches()));
    var status =
        new DnsStatus(
            ndots.ndots(),
            ndots.reason(),
            ndots.message(),
            pod.searches(),
            endpoints.stream().map(report::decision).toList());
    return new DnsResult(
        written.template(), written.configMaps(), status, findings(ndots, endpoints));
  }

  /**
   * A container of a template.
   *
   * @param template the template
   * @param name name of the container
   * @return the container
   */
  static Container container(PodTemplateSpec template, String name) {
    return template.getSpec().getContainers().stream()
        .filter(container -> container.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the template has no container " + name));
  }

  private static Optional<Libc> libc(@Nullable DnsSpec spec, Container program) {
    return spec != null && spec.libc() != null
        ? Optional.of(spec.libc())
        : ImageLibc.of(program.getImage());
  }

  private static List<Finding> findings(NdotsDecision ndots, List<JudgedEndpoint> endpoints) {
    var findings = new ArrayList<Finding>();
    if (ndots.finding() != null) {
      findings.add(ndots.finding());
    }
    endpoints.forEach(judged -> EndpointReport.finding(judged).ifPresent(findings::add));
    findings.sort(Comparator.comparing(Finding::severity));
    return findings;
  }
}
