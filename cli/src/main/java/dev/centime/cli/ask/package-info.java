/** The way to the gateway: its address, a key, HTTP, and what went wrong in one line. */
@org.jspecify.annotations.NullMarked
package dev.centime.cli.ask;
