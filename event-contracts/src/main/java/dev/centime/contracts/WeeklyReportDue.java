package dev.centime.contracts;

import java.time.Instant;
import java.time.LocalDate;

/**
 * A week of an organization is over, and somebody is to be told what it cost. budget-service knows that he is and asks; who knows the
 * figures answers with {@link WeekReported}.
 *
 * @param start first day of the week, in the organization's zone
 * @param end its last day
 * @param due when it is to be told
 * @param nextDue when the next one is
 */
@StoredAs(name = "weekly-report-due")
public record WeeklyReportDue(LocalDate start, LocalDate end, Instant due, Instant nextDue) {}
