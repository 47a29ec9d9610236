package dev.monolift.dns;

import dev.monolift.api.v1alpha1.DnsStatus.Decision;
import dev.monolift.dns.DnsResult.Finding;
import dev.monolift.dns.DnsResult.Severity;
import java.util.Optional;

/**
 * What is said of an endpoint.
 *
 * @param queries counts queries
 * @param before the resolver of the user's template
 * @param after the resolver of the pods
 */
record EndpointReport(HostQueries queries, ResolverSearch before, ResolverSearch after) {

  /**
   * The decision, for the status.
   *
   * @param judged an endpoint
   * @return its decision
   */
  Decision decision(JudgedEndpoint judged) {
    HostName host = judged.host();
    boolean known = judged.setting() instanceof Setting.Found;
    boolean wasDotted =
        known ? judged.verdict().reason() == DotReason.AlreadyAbsolute : host.dotted();
    boolean isDotted = known ? judged.dotted() : host.dotted();
    return new Decision(
        judged.label(),
        judged.endpoint().host(),
        judged.endpoint().client().name(),
        known ? host.written(isDotted) : judged.endpoint().host(),
        reason(judged),
        message(judged),
        queries.count(host, wasDotted, before),
        queries.count(host, isDotted, after));
  }

  /**
   * What a person should know of it.
   *
   * @param judged an endpoint
   * @return a finding, if there is something to know
   */
  static Optional<Finding> finding(JudgedEndpoint judged) {
    if (judged.setting() instanceof Setting.Problem problem) {
      return Optional.of(
          new Finding(problem.severity(), problem.reason(), where(judged) + problem.message()));
    }
    if (judged.verdict().risk() != null) {
      return Optional.of(
          new Finding(
              Severity.WARNING,
              judged.verdict().reason().name(),
              where(judged) + message(judged) + " Remove dot: Always if that is not wanted."));
    }
    return EndpointJudge.impossible(judged)
        ? Optional.of(
            new Finding(
                Severity.WARNING,
                "DotImpossible",
                where(judged) + message(judged) + " Remove dot: Always."))
        : Optional.empty();
  }

  private static String where(JudgedEndpoint judged) {
    return "spec.dns.endpoints[" + judged.index() + "] (" + judged.label() + "): ";
  }

  private static String reason(JudgedEndpoint judged) {
    return judged.setting() instanceof Setting.Problem problem
        ? problem.reason()
        : judged.verdict().reason().name();
  }

  private static String message(JudgedEndpoint judged) {
    if (judged.setting() instanceof Setting.Problem problem) {
      return "Not written: " + problem.message();
    }
    DotVerdict verdict = judged.verdict();
    String name = judged.host().text();
    if (verdict.risk() != null) {
      return name
          + " is written with a trailing dot because "
          + verdict.reason().sentence()
          + ", although "
          + verdict.risk().sentence()
          + ".";
    }
    String done = verdict.dot() ? " is written with a trailing dot: " : " is left as it is: ";
    return name + done + verdict.reason().sentence() + ".";
  }
}
