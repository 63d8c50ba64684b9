package dev.centime.budget.report;

import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.contracts.WeeklyReportDue;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Timer;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Sets the timer of an organization's report when somebody wants it, and from each to the next; cancels it when nobody does. */
public final class ReportTimers {
    public static final String TIMER = "weekly-report";

    private static final String KEY = "organization";

    private ReportTimers() {}

    public static Uni<Void> fold(View view, StoredEvent stored, AlertSettingsSet set) {
        if (!set.settings().weeklyReport()) {
            return view.timers().cancel(TIMER, stored.organization(), List.of(KEY));
        }
        var next = set.nextReport();
        return next == null ? Uni.createFrom().voidItem() : due(view, stored, next);
    }

    public static Uni<Void> fold(View view, StoredEvent stored, WeeklyReportDue due) {
        return due(view, stored, due.nextDue());
    }

    private static Uni<Void> due(View view, StoredEvent stored, Instant due) {
        return view.timers().set(List.of(new Timer(TIMER, stored.organization(), KEY, due)));
    }
}
