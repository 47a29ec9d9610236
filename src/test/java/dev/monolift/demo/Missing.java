package dev.monolift.demo;

import dev.monolift.api.v1alpha1.MonolithWorker;
import dev.monolift.plan.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is not ready yet, for the person who reads a failed script's output. */
final class Missing {
  private Missing() {}

  static String after(long seconds, Snapshot snapshot) {
    var text = new StringBuilder("not ready after ").append(seconds).append(" s:");
    if (snapshot.workers().isEmpty()) {
      return text.append(" there is no worker").toString();
    }
    for (MonolithWorker worker : snapshot.notReady()) {
      var metadata = worker.getMetadata();
      text.append("\n  ").append(metadata.getNamespace()).append('/').append(metadata.getName());
      text.append(": ").append(why(worker));
    }
    return text.toString();
  }

  static String why(MonolithWorker worker) {
    var status = worker.getStatus();
    List<Condition> none = List.of();
    return Conditions.find(status == null ? none : status.conditions(), Conditions.READY)
        .map(ready -> ready.getReason() + ": " + ready.getMessage())
        .orElse("the operator has not seen it");
  }
}
