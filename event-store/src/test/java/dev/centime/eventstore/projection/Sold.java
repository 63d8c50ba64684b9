package dev.centime.eventstore.projection;

/** What the tests are about: a stall sold something. */
record Sold(String item, long cents) {}
