package dev.monolift.node;

import java.time.Instant;

/**
 * Something that was done to a subject and ends pods of it.
 *
 * @param subject name of the subject
 * @param from when; it stands for every end that is asked for until the next deed
 * @param cause what the verdicts must name as the cause
 */
record Deed(String subject, Instant from, String cause) {}
