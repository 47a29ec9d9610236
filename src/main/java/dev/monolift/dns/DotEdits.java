package dev.monolift.dns;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Where dots go, by document. All positions speak of the user's own text, so the order of the
 * endpoints does not matter.
 *
 * @param byPlace indices in each document; every document that an endpoint found is there, also
 *     without an index
 */
record DotEdits(Map<Setting.Place, SortedSet<Integer>> byPlace) {

  /**
   * Collects the edits of all endpoints.
   *
   * @param endpoints the judged endpoints
   * @return the edits
   */
  static DotEdits of(List<JudgedEndpoint> endpoints) {
    var byPlace = new LinkedHashMap<Setting.Place, SortedSet<Integer>>();
    for (JudgedEndpoint judged : endpoints) {
      if (judged.setting() instanceof Setting.Found found) {
        SortedSet<Integer> positions =
            byPlace.computeIfAbsent(found.place(), place -> new TreeSet<>());
        if (judged.verdict().dot()) {
          add(judged, found, positions);
        }
      }
    }
    return new DotEdits(byPlace);
  }

  private static void add(
      JudgedEndpoint judged, Setting.Found found, SortedSet<Integer> positions) {
    for (int i = 0; i < found.values().size(); i++) {
      for (HostOccurrence occurrence : judged.occurrences().get(i)) {
        if (!occurrence.dotted() && occurrence.spot() != UrlSpot.NotHost) {
          positions.add(found.values().get(i).inDocument(occurrence.end()));
        }
      }
    }
  }

  /**
   * A document with its dots.
   *
   * @param place the document
   * @param text its text
   * @return the text with a dot at each index
   */
  String apply(Setting.Place place, String text) {
    SortedSet<Integer> positions = byPlace.get(place);
    if (positions == null) {
      return text;
    }
    var written = new StringBuilder(text);
    int inserted = 0;
    for (int position : positions) {
      written.insert(position + inserted, '.');
      inserted++;
    }
    return written.toString();
  }

  /**
   * Whether anything is written into a ConfigMap's files.
   *
   * @param place a document
   * @return whether it is a file with at least one dot to write
   */
  boolean changesFile(Setting.Place place) {
    SortedSet<Integer> positions = byPlace.get(place);
    return place.kind() == Setting.Place.Kind.File && positions != null && !positions.isEmpty();
  }
}
