package dev.centime.contracts;

import java.time.LocalDate;

/**
 * A file that was imported says what a session may cost. Stated again, the last one holds.
 *
 * @param allocated US dollars, above zero
 * @param startDate from when the session's calls count
 * @param importId the import that it came with
 */
@StoredAs(name = "session-budget-stated")
public record SessionBudgetStated(String session, Money allocated, LocalDate startDate, String importId) {}
