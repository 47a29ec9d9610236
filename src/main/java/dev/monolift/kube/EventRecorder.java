package dev.monolift.kube;

import dev.monolift.plan.PlannedEvent;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records what {@code kubectl describe} shows under Events. An event's name is made of what it says
 * and about which occurrence, or of the occurrence alone, so that a pass that is repeated after a
 * crash finds it there.
 */
public final class EventRecorder {
  private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
  private static final String CONTROLLER = "monolift.dev/operator";
  private static final int LONGEST_NOTE = 1024; // limits of events.k8s.io/v1
  private static final int LONGEST_NAME = 253;
  private static final DateTimeFormatter MICRO_TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ClusterWriter writer;
  private final InstantSource clock;
  private final String instance;

  /**
   * A recorder.
   *
   * @param writer writes
   * @param clock time of the events
   * @param instance name of this process, at most 128 characters
   */
  public EventRecorder(ClusterWriter writer, InstantSource clock, String instance) {
    this.writer = writer;
    this.clock = clock;
    this.instance = instance;
  }

  /**
   * Records events. A refusal is logged and never fails the pass: events are a courtesy.
   *
   * @param regarding the resource
   * @param events what happened
   */
  public void record(HasMetadata regarding, List<PlannedEvent> events) {
    for (PlannedEvent event : events) {
      try {
        writer.create(event(regarding, event));
      } catch (WriteFailure e) {
        if (e.refusal().getCode() != 409) {
          LOG.warn("The event {} was not recorded: {}", event.reason(), e.getMessage());
        }
      }
    }
  }

  private Event event(HasMetadata regarding, PlannedEvent event) {
    var metadata = regarding.getMetadata();
    return new EventBuilder()
        .withNewMetadata()
        .withNamespace(metadata.getNamespace())
        .withName(name(regarding, event))
        .endMetadata()
        .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
        .withReportingController(CONTROLLER)
        .withReportingInstance(instance)
        .withAction("Reconcile")
        .withType(event.type().name())
        .withReason(event.reason())
        .withNote(
            event.message().length() <= LONGEST_NOTE
                ? event.message()
                : event.message().substring(0, LONGEST_NOTE))
        .withNewRegarding()
        .withApiVersion(regarding.getApiVersion())
        .withKind(regarding.getKind())
        .withNamespace(metadata.getNamespace())
        .withName(metadata.getName())
        .withUid(metadata.getUid())
        .endRegarding()
        .build();
  }

  private static String name(HasMetadata regarding, PlannedEvent event) {
    String uid = regarding.getMetadata().getUid();
    String hash =
        hash(
            event.once()
                ? String.join("\n", uid, event.occurrence())
                : String.join(
                    "\n",
                    uid,
                    event.type().name(),
                    event.reason(),
                    event.message(),
                    event.occurrence()));
    String name = regarding.getMetadata().getName();
    int room = LONGEST_NAME - hash.length() - 1;
    return (name.length() <= room ? name : name.substring(0, room)) + "." + hash;
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
