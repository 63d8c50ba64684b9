package dev.centime.ingest.exports;

import java.util.List;

/** The columns of {@code layout=cost-tracking}. What a session spent is what it cost. */
final class TrackedColumns {
    static final List<Column<TrackedSession>> ALL = List.of(
            Column.text("session", TrackedSession::session),
            Column.text("phase", TrackedSession::phase),
            Column.date("date", TrackedSession::date),
            Column.dollars("budget_allocated", TrackedSession::budgetAllocated),
            Column.dollars("budget_spent", TrackedSession::totalCost),
            Column.whole("haiku_tasks", TrackedSession::haikuTasks),
            Column.whole("sonnet_tasks", TrackedSession::sonnetTasks),
            Column.dollars("total_cost", TrackedSession::totalCost));

    private TrackedColumns() {}
}
