package dev.monolift.shell;

import org.jspecify.annotations.Nullable;

/**
 * A redirection.
 *
 * @param descriptor the number before the operator; null when there is none
 * @param operator one of {@code < > >| >> <& >& <> << <<-}
 * @param target file, descriptor or delimiter
 * @param hereDocument text of {@code <<} and {@code <<-}; null with every other operator
 * @param at where it starts
 */
public record Redirection(
    @Nullable Integer descriptor,
    String operator,
    Word target,
    @Nullable HereDocument hereDocument,
    Position at) {}
