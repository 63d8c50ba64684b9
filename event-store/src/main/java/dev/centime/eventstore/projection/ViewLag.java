package dev.centime.eventstore.projection;

/**
 * A served view (or a reaction) of some service that has not folded in all of a partition.
 *
 * @param service the schema whose runner leads it
 * @param upTo how far it is
 * @param events how many are not folded in
 * @param seconds the age of the oldest of them
 */
public record ViewLag(String service, String view, int partition, long upTo, long events, double seconds) {}
