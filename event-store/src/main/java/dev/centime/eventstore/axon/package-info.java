/**
 * The log as Axon Framework's storage engine, and a configured Axon for services that decide: commands on entities with an
 * invariant go through {@link dev.centime.eventstore.axon.Commands}; facts go to the log directly.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.eventstore.axon;
