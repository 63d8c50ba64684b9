/** Rows 4 and 5: budget-service by itself, over HTTP, with a durable PostgreSQL behind it. */
@org.jspecify.annotations.NullMarked
package dev.centime.benchmarks.limits;
