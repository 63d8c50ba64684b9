/** Usage over HTTP, through the whole of a running Centime: the launcher's own processes on a data directory of their own. */
@org.jspecify.annotations.NullMarked
package dev.centime.benchmarks.usage;
