package dev.centime.eventstore.log;

/** A key and a value by which decisions find the events they rest on, such as {@code budget} = {@code b-17}. */
public record Tag(String key, String value) {}
