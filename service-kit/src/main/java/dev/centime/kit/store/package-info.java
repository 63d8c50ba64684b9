/** The event store of a service, running: built from configuration, begun when the schema is there, stopped with the service. */
@org.jspecify.annotations.NullMarked
package dev.centime.kit.store;
