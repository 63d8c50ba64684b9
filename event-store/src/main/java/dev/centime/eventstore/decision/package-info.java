/**
 * Decisions on entities that many want to decide on at once: one decider an entity and replica folds what is new, decides for all
 * who wait, and appends once. Stands on {@code log} and knows no framework.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.eventstore.decision;
