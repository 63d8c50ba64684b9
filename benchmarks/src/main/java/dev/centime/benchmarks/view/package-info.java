/** Views: how fast they are filled again from the log. */
@org.jspecify.annotations.NullMarked
package dev.centime.benchmarks.view;
