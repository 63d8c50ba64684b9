/**
 * What crosses a service line: the events that a second service reads, and the values inside them.
 *
 * <p>Every type here is stored for ever. A change is a new version with an upcaster and a golden file; the files of all
 * versions under {@code src/test/resources/golden} must load, whatever the newest version looks like. Readers ignore
 * fields they do not know.
 *
 * <p>Money is a decimal string in JSON, names are snake_case, instants are UTC. No person's name and no prompt text ever
 * enters: persons are subject ids, prompts are hashes.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.contracts;
