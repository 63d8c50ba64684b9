/** What a forecast said: stored once, answered as it is stored. */
@org.jspecify.annotations.NullMarked
package dev.centime.forecast.event;
