/** What it takes to answer what was spent, as calls grow. */
@org.jspecify.annotations.NullMarked
package dev.centime.benchmarks.costs;
