package dev.centime.ingest.accept.file;

/**
 * The answer of a model that a row of a session log tells of.
 *
 * @param message its id, which every row that tells of it has
 * @param copied whether the row may be a copy, under an id of its own, of what another log says
 */
public record ToldAnswer(String message, boolean copied) {}
