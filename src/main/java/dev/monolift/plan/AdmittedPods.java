package dev.monolift.plan;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The record of admitted pods as it is written in an annotation of a Lease. */
public final class AdmittedPods {
  /** The annotation: uids of the pods, with commas between them. */
  public static final String ANNOTATION = "monolift.dev/admitted";

  private AdmittedPods() {}

  /**
   * Reads a record. What is no uid of a pod is harmless: it leaves the record with the next pod
   * that is admitted.
   *
   * @param text value of the annotation; null means that nobody is recorded
   * @return uids
   */
  public static Set<String> read(@Nullable String text) {
    return text == null
        ? Set.of()
        : List.of(text.split(",", -1)).stream()
            .map(String::strip)
            .filter(uid -> !uid.isEmpty())
            .collect(Collectors.toUnmodifiableSet());
  }

  /**
   * Writes a record.
   *
   * @param uids uids of the admitted pods
   * @return value of the annotation, in a fixed order
   */
  public static String write(Collection<String> uids) {
    return uids.stream().sorted().collect(Collectors.joining(","));
  }
}
