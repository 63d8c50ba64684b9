/** What goes to a terminal: tables, charts, colours, and text from outside made harmless. */
@org.jspecify.annotations.NullMarked
package dev.centime.cli.terminal;
