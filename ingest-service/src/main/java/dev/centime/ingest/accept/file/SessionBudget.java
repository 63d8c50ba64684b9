package dev.centime.ingest.accept.file;

import dev.centime.contracts.Money;
import java.time.LocalDate;

/** What a session may cost, as a file says. @param startDate from when its calls count */
public record SessionBudget(String session, Money allocated, LocalDate startDate) {}
