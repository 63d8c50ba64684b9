/** {@code centime import}: files and the logs of coding agents, sent to be imported, and followed until they are. */
@org.jspecify.annotations.NullMarked
package dev.centime.cli.imports;
