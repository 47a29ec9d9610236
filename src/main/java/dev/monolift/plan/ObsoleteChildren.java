package dev.monolift.plan;

import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Children that are no longer wanted. */
public final class ObsoleteChildren {
  private ObsoleteChildren() {}

  /**
   * Finds them.
   *
   * @param existing children of one kind that are ours
   * @param wanted the children of that kind as they shall be
   * @param inUse names of children that something still uses, although they are not wanted
   * @return references to those that may go
   */
  public static List<ObjectRef> find(
      List<? extends HasMetadata> existing, List<? extends HasMetadata> wanted, Set<String> inUse) {
    Set<String> names =
        wanted.stream().map(child -> child.getMetadata().getName()).collect(Collectors.toSet());
    return existing.stream()
        .filter(child -> !names.contains(child.getMetadata().getName()))
        .filter(child -> !inUse.contains(child.getMetadata().getName()))
        .filter(child -> child.getMetadata().getDeletionTimestamp() == null)
        .map(ObjectRef::of)
        .toList();
  }
}
