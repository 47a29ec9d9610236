package dev.monolift.kube;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The two ends of a life with the leader's Lease that the framework has no part for. At the start:
 * a replica that waits with full caches goes first. At the end: the Lease is given back, so that
 * the next process need not wait until it expires; the framework relies on the client not doing so.
 */
public final class LeaderLease {
  private static final Logger LOG = LoggerFactory.getLogger(LeaderLease.class);
  private static final int ATTEMPTS = 3;

  /** A replica that waits has asked for a free lease within this time. */
  private static final Duration HEAD_START = Duration.ofSeconds(3);

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final KubernetesClient client;
  private final String namespace;
  private final String name;
  private final String identity;
  private final InstantSource clock;

  /**
   * A lease.
   *
   * @param client client
   * @param namespace namespace of the Lease
   * @param name name of the Lease
   * @param identity name of this process in it
   * @param clock clock, which the replicas share more or less
   */
  public LeaderLease(
      KubernetesClient client,
      String namespace,
      String name,
      String identity,
      InstantSource clock) {
    this.client = client;
    this.namespace = namespace;
    this.name = name;
    this.identity = identity;
    this.clock = clock;
  }

  /**
   * Waits as long as a replica that was there before this process may take over from a leader that
   * is gone. Such a replica has seen the pods go that ended since; this process cannot have. It
   * returns at once when there is no lease or it has been free for long, and soon when the leader
   * is alive.
   *
   * @param meanwhile what to do before the wait, if there is one: to look at the cluster from now
   *     on
   * @throws KubernetesClientException when the lease cannot be read
   * @throws InterruptedException when the thread is told to end
   */
  public void letOthersGoFirst(Runnable meanwhile) throws InterruptedException {
    Lease first = read();
    Instant until = headStart(first);
    if (!clock.instant().isBefore(until)) {
      return;
    }
    LOG.info(
        "Another replica may take over first: the leader lease {}/{} {}.",
        namespace,
        name,
        isFree(first) ? "has just been given back" : "was renewed lately");
    meanwhile.run();
    // a leader whose clock is ahead holds nobody up for longer
    Instant last = clock.instant().plus(duration(first)).plus(HEAD_START);
    Instant end = until.isBefore(last) ? until : last;
    while (clock.instant().isBefore(end) && isSame(first, read())) {
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private @Nullable Lease read() {
    return client.leases().inNamespace(namespace).withName(name).get();
  }

  /** Until when others go first. */
  private static Instant headStart(@Nullable Lease lease) {
    if (lease == null || lease.getSpec().getRenewTime() == null) {
      return Instant.MIN;
    }
    Instant renewed = lease.getSpec().getRenewTime().toInstant();
    return (isFree(lease) ? renewed : renewed.plus(duration(lease))).plus(HEAD_START);
  }

  private static boolean isFree(@Nullable Lease lease) {
    String holder = lease == null ? null : lease.getSpec().getHolderIdentity();
    return holder == null || holder.isEmpty();
  }

  private static Duration duration(@Nullable Lease lease) {
    Integer seconds = lease == null ? null : lease.getSpec().getLeaseDurationSeconds();
    return Duration.ofSeconds(Objects.requireNonNullElse(seconds, 0));
  }

  /** Whether nobody has renewed, taken or given back the lease since. */
  private static boolean isSame(@Nullable Lease first, @Nullable Lease now) {
    return first != null && now != null && first.getSpec().equals(now.getSpec());
  }

  /**
   * Gives the lease back if this process still holds it. To be called when nothing is written any
   * more.
   */
  public void release() {
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Lease lease = read();
      if (lease == null || !identity.equals(lease.getSpec().getHolderIdentity())) {
        return;
      }
      lease.getSpec().setHolderIdentity(null);
      lease
          .getSpec()
          .setRenewTime(
              ZonedDateTime.ofInstant(
                  clock.instant().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC));
      try {
        // the resourceVersion that was read is the condition
        client.resource(lease).update();
        LOG.info("Gave the leader lease {}/{} back.", namespace, name);
        return;
      } catch (KubernetesClientException e) {
        // a renewal that was under way
        if (e.getCode() != 409 || attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
