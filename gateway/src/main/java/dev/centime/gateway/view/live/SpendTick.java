package dev.centime.gateway.view.live;

import dev.centime.contracts.Money;
import java.time.Instant;

/**
 * What was recorded since the tick before.
 *
 * @param totalCost US dollars; corrections may make it negative
 * @param requests calls
 */
record SpendTick(Money totalCost, long requests, Instant at) {}
