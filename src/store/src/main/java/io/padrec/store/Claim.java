package io.padrec.store;

/**
 * The right to work on a run, until its lease expires and another takes it. Every write of the worker carries it.
 *
 * @param run     the run as it was claimed
 * @param attempt the fencing token: how often the run was claimed, this time included
 * @param owner   who works
 */
public record Claim(Run run, int attempt, String owner) {
}
