/** An instance on this machine: its data directory, its PostgreSQL, its services, and the launcher that watches over them. */
@org.jspecify.annotations.NullMarked
package dev.centime.cli.run;
