/**
 * What a call costs: pure, exact arithmetic on prices that were looked up by provider, model and moment. Imports no framework,
 * asks no clock, rounds nothing.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.ingest.price;
