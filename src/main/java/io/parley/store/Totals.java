package io.parley.store;

/**
 * How much a store holds. Immutable.
 *
 * @param sessions sessions that are good
 */
public record Totals(long rooms, long entries, long messages, long users, long sessions) {}
