/**
 * Load runs for the rows of the performance page. Each measures both sides in one run on one server and prints their ratio: a time
 * by itself says little on a machine that does other things as well.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.benchmarks;
