/** Axon 4.13's JDBC engine as a yardstick, in a process of its own. */
@org.jspecify.annotations.NullMarked
package dev.centime.benchmarks.axon4;
