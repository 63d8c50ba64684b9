package dev.centime.eventstore.projection;

import java.time.Instant;

/**
 * Something to be done at a time, kept in the database until it is. Setting a timer of the same name and key again moves it.
 *
 * @param name of the {@link WhenDue} that does it
 * @param key what it is about, such as a reservation's id; unique in name and organization
 */
public record Timer(String name, String organization, String key, Instant due) {}
