/**
 * The event log on reactive PostgreSQL. Five rooms: {@code log} (SQL: append, read, find), {@code archive} (old parts of it in files),
 * {@code axon} (the log as Axon's storage engine), {@code decision} (many decisions on one hot entity) and {@code projection} (the log
 * tailed into views, rebuilt, parked). The others stand on {@code log}; none of them knows another, and none knows what the events mean.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.eventstore;
