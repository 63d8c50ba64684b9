package dev.centime.budget.reaction;

import dev.centime.budget.CurrentAlertSettings;
import dev.centime.budget.report.ReportTimers;
import dev.centime.budget.report.ReportTimes;
import dev.centime.contracts.WeeklyReportDue;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.projection.WhenDue;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The week is over for an organization that wants to be told what it cost: asks whoever knows. Once for each time, whoever fires the
 * timer, since the event's id is made from both. Weeks that ended while nobody was there come one after another.
 */
@ApplicationScoped
public class WhenWeeklyReportIsDueThenAskForIt implements WhenDue {
    private final CurrentAlertSettings current;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;

    WhenWeeklyReportIsDueThenAskForIt(
            CurrentAlertSettings current, Organizations organizations, EventLog log, EventTypes types) {
        this.current = current;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
    }

    @Override
    public String timer() {
        return ReportTimers.TIMER;
    }

    @Override
    public Uni<Void> fire(Due due) {
        // Taken back at this moment: the timer is cancelled when the view reads it, and set anew by whoever wants it
        // again.
        return current.of(due.timer().organization())
                .chain(read -> read.settings().weeklyReport()
                        ? ask(due)
                        : Uni.createFrom().voidItem());
    }

    private Uni<Void> ask(Due due) {
        var id = due.timer().organization();
        var organization = organizations.known(id);
        var at = due.timer().due();
        var week = ReportTimes.week(at, organization);
        var asked = new WeeklyReportDue(week.start(), week.end(), at, ReportTimes.next(at, organization));
        var event = types.encode(due.id(), at, asked, Map.of("actor", "budget-service"), Set.of());
        return log.append(id, List.of(event)).replaceWithVoid();
    }
}
