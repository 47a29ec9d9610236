package dev.monolift.consumers;

import dev.monolift.kube.GateKeeper.PodList;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of pods, right after whose first answer something happens that it could not tell of. */
final class Meanwhile implements PodList {
  private final PodList list;
  private final Runnable event;
  private final boolean deaf;
  private @Nullable List<Pod> first;

  /**
   * A list.
   *
   * @param list what is asked
   * @param event what happens after the first answer
   * @param deaf whether it hears of nothing any more from then on, as a cache may whose watch is
   *     slow
   */
  Meanwhile(PodList list, Runnable event, boolean deaf) {
    this.list = list;
    this.event = event;
    this.deaf = deaf;
  }

  @Override
  public synchronized List<Pod> read(String namespace, String label, String value) {
    if (first == null) {
      first = list.read(namespace, label, value);
      event.run();
      return first;
    }
    return deaf ? first : list.read(namespace, label, value);
  }
}
