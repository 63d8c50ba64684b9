package dev.centime.ingest.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;

/**
 * An organization's calls of long ago are no longer kept one by one; what they add up to is. Told every night, also when there is
 * nothing to forget.
 *
 * @param before of calls made before it, 00:00 of a day of UTC
 * @param retentionDays the organization's period
 * @param found whether there were such calls
 * @param nextDue when it is looked at again
 */
@StoredAs(name = "detail-expired")
public record DetailExpired(Instant before, int retentionDays, boolean found, Instant nextDue) {}
