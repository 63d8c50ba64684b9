package dev.centime.ingest.event;

import dev.centime.contracts.StoredAs;
import java.time.Instant;
import java.time.LocalDate;

/**
 * The time of a scheduled export has come.
 *
 * @param start the first day that it is of
 * @param end the last one
 * @param nextDue when it comes again
 */
@StoredAs(name = "export-fell-due")
public record ExportFellDue(String exportId, Instant due, LocalDate start, LocalDate end, Instant nextDue) {}
