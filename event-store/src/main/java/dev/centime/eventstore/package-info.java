/**
 * The event log on reactive PostgreSQL. Three rooms: {@code log} (SQL: append, read, find), {@code axon} (the log as Axon's
 * storage engine) and {@code projection} (the log tailed into views, rebuilt, parked). {@code axon} and {@code projection}
 * stand on {@code log}; neither knows the other, and none knows what the events mean.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.eventstore;
