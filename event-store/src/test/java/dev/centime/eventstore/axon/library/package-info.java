/**
 * A small service of its own, as an example: a library lends books. A slice is a folder: the command, its handler with a pure
 * decision and a state that holds what the decision reads, and one {@code configure}.
 */
package dev.centime.eventstore.axon.library;
