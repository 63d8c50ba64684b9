package dev.centime.contracts;

import java.time.Instant;
import java.util.List;

/**
 * A person is to be known no more. The name is deleted by whoever says this; a service that keeps anything else by which the person could be
 * known deletes that.
 *
 * @param subjects the ids that stood for the person, and for an address of mail that was the name; figures go on under them
 */
@StoredAs(name = "person-erased")
public record PersonErased(List<String> subjects, Instant at) {}
