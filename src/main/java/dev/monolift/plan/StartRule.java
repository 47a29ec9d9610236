package dev.monolift.plan;

import java.util.List;
import java.util.Set;

/**
 * Who may start. {@link StartGate} is the rule; tests put a wrong one in its place, to see that it
 * is found out.
 */
public interface StartRule {

  /**
   * Who is admitted.
   *
   * @param recorded uids of the pods that were admitted, read before the pods were listed
   * @param pods all pods, as the API server has them
   * @param max how many may be alive at a time
   * @return uids of the pods that are admitted now
   */
  Set<String> admitted(Set<String> recorded, List<GatePod> pods, int max);

  /**
   * Whether the gates of the admitted pods may be opened.
   *
   * @param recorded uids of the admitted pods, as the API server has accepted them
   * @param pods all pods, listed after that
   * @param max how many may be alive at a time
   * @return whether there is room for all of the admitted pods
   */
  boolean mayOpen(Set<String> recorded, List<GatePod> pods, int max);
}
