/**
 * The command {@code centime}. It stands outside the services and knows HTTP only.
 *
 * <pre>
 * run        up, down, status, logs: an instance on this machine, its PostgreSQL and its five services as processes
 * demo       a real trace, replayed through the REST API
 * cost       history, breakdown, forecast, budget: questions asked of the REST API
 * ask        the address, the key, and HTTP
 * terminal   tables and charts of plain characters
 * </pre>
 */
@org.jspecify.annotations.NullMarked
package dev.centime.cli;
