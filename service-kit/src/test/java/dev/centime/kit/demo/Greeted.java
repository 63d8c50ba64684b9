package dev.centime.kit.demo;

import dev.centime.contracts.StoredAs;

/** The demo's one event. */
@StoredAs(name = "greeted")
public record Greeted(String id, String text) {}
