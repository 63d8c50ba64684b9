package dev.centime.eventstore.projection;

/** What a reaction or a timer of the tests causes: something was printed. */
record Printed(String what) {}
