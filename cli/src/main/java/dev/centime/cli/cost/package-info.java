/** Questions about cost, asked of the REST API and answered as tables and charts. */
@org.jspecify.annotations.NullMarked
package dev.centime.cli.cost;
