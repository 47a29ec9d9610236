package dev.monolift.drain;

import dev.monolift.api.v1alpha1.DrainStatus;
import dev.monolift.api.v1alpha1.DrainStatus.Ended;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a pass makes of the ends of pods.
 *
 * @param status the next status; the same object as before when there is nothing to write, and null
 *     when nothing was ever to be written
 * @param ended pods whose verdict is new, oldest first; they are counted once {@code status} is
 *     written, and a pass whose write fails says them again
 * @param release names of pods whose hold can go, because their verdict is in the status that is
 *     written already, or because they were held for as long as they may be; in order of names
 * @param recheckAt when to look again although nothing happens: now, when holds can go as soon as
 *     {@code status} is written; or when the first hold is over; null when there is no need
 */
public record DrainStep(
    @Nullable DrainStatus status,
    List<Ended> ended,
    List<String> release,
    @Nullable Instant recheckAt) {}
