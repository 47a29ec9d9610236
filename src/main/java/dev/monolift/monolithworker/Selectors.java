package dev.monolift.monolithworker;

import io.fabric8.kubernetes.api.model.LabelSelector;
import io.fabric8.kubernetes.api.model.LabelSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Label selectors: their string form, and the labels that a pod needs for one. */
final class Selectors {
  private Selectors() {}

  /**
   * The string form of the scale subresource: {@code a=b,c in (d,e),!f}, as the API server's own
   * formatter writes it.
   */
  static String text(LabelSelector selector) {
    var parts = new ArrayList<String>();
    new TreeMap<>(Ownership.values(selector.getMatchLabels()))
        .forEach((key, value) -> parts.add(key + "=" + value));
    for (LabelSelectorRequirement requirement : selector.getMatchExpressions()) {
      String values = String.join(",", requirement.getValues().stream().sorted().toList());
      parts.add(
          switch (requirement.getOperator()) {
            case "In" -> requirement.getKey() + " in (" + values + ")";
            case "NotIn" -> requirement.getKey() + " notin (" + values + ")";
            case "Exists" -> requirement.getKey();
            default -> "!" + requirement.getKey();
          });
    }
    return String.join(",", parts);
  }

  /**
   * Labels that a template needs for a selector and does not have: taken from the selector, or from
   * the live template where the selector allows several values.
   *
   * @param selector the selector
   * @param labels labels of the user's template
   * @param live labels of the live template, which satisfy the selector
   * @return labels to add
   */
  static Map<String, String> missing(
      LabelSelector selector, Map<String, String> labels, Map<String, String> live) {
    var missing = new TreeMap<>(Ownership.values(selector.getMatchLabels()));
    for (LabelSelectorRequirement requirement : selector.getMatchExpressions()) {
      String value = live.get(requirement.getKey());
      if (value != null && List.of("In", "Exists").contains(requirement.getOperator())) {
        missing.put(requirement.getKey(), value);
      }
    }
    missing.keySet().removeAll(labels.keySet());
    return missing;
  }

  /**
   * The first requirement of a selector that labels do not meet.
   *
   * @param selector the selector
   * @param labels labels of a template
   * @return the requirement in the selector's string form; empty when the selector matches
   */
  static Optional<String> unmet(LabelSelector selector, Map<String, String> labels) {
    for (var wanted : new TreeMap<>(Ownership.values(selector.getMatchLabels())).entrySet()) {
      if (!wanted.getValue().equals(labels.get(wanted.getKey()))) {
        return Optional.of(wanted.getKey() + "=" + wanted.getValue());
      }
    }
    return selector.getMatchExpressions().stream()
        .filter(requirement -> !meets(requirement, labels.get(requirement.getKey())))
        .map(
            requirement -> {
              var only = new LabelSelector();
              only.setMatchExpressions(List.of(requirement));
              return text(only);
            })
        .findFirst();
  }

  private static boolean meets(LabelSelectorRequirement requirement, @Nullable String value) {
    return switch (requirement.getOperator()) {
      case "In" -> value != null && requirement.getValues().contains(value);
      case "NotIn" -> value == null || !requirement.getValues().contains(value);
      case "Exists" -> value != null;
      default -> value == null;
    };
  }
}
