package dev.monolift.fields;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.monolift.plan.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The mark that an apply leaves on a child: a digest of what was sent, in {@link Labels#APPLIED}.
 * With it, and with field ownership, one can tell later that neither side has changed since,
 * whatever the API server and its webhooks made of the values.
 */
public final class LastApply {
  /** Where the mark is. */
  public static final FieldPath MARK = FieldPath.of("metadata", "annotations", Labels.APPLIED);

  private static final int BYTES = 12;

  private LastApply() {}

  /**
   * A child with the mark, as it is sent.
   *
   * @param desired the child as it was planned; it is not changed
   * @param <T> its type
   * @return a copy with the mark
   */
  public static <T extends HasMetadata> T marked(T desired) {
    JsonNode tree = Json.tree(desired);
    String digest = digest(tree);
    ((ObjectNode) tree).withObject("/metadata/annotations").put(Labels.APPLIED, digest);
    @SuppressWarnings("unchecked")
    Class<T> type = (Class<T>) desired.getClass();
    return Json.object(tree, type);
  }

  /**
   * Whether our last apply sent exactly this, and nobody touched the mark since.
   *
   * @param desired the child as it shall be, without the mark
   * @param live the child as the cluster has it, with its managedFields
   * @return whether it did
   */
  public static boolean sentLast(JsonNode desired, JsonNode live) {
    return OwnedFields.ownsMark(live) && sent(desired, live);
  }

  /** Whether the last apply sent exactly this. */
  static boolean sent(JsonNode desired, JsonNode live) {
    return MARK.in(live).filter(mark -> mark.asText().equals(digest(desired))).isPresent();
  }

  private static String digest(JsonNode desired) {
    if (!desired.path("metadata").has("resourceVersion")) {
      return Digest.of(desired, BYTES);
    }
    var copy = desired.<ObjectNode>deepCopy();
    if (copy.get("metadata") instanceof ObjectNode metadata) {
      // a precondition of one write, not a part of what is wanted
      metadata.remove("resourceVersion");
    }
    return Digest.of(copy, BYTES);
  }
}
