/**
 * The whole of Centime, started as its users start it: by {@code ./centime up}, with real processes and a real PostgreSQL.
 *
 * <p>Each test says in its output how much it did: records sent, processes killed, figures compared.
 */
@org.jspecify.annotations.NullMarked
package dev.centime.system;
