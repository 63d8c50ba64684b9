/** Somebody asks what will be spent: {@code POST /costs/forecast}. */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.command.makeforecast;
