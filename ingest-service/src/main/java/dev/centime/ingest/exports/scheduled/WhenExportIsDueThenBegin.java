package dev.centime.ingest.exports.scheduled;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.projection.WhenDue;
import dev.centime.ingest.event.ExportFellDue;
import dev.centime.ingest.exports.scheduled.SelectSchedules.Standing;
import dev.centime.kit.Organizations;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells the log that an export is due, and when it is again. Once for each time, whoever fires the timer: the event's id is made from
 * both. Times that passed while nobody was there come one after another.
 */
@ApplicationScoped
public class WhenExportIsDueThenBegin implements WhenDue {
    static final String TIMER = "export-due";

    private final SelectSchedules schedules;
    private final Organizations organizations;
    private final EventLog log;
    private final EventTypes types;

    WhenExportIsDueThenBegin(SelectSchedules schedules, Organizations organizations, EventLog log, EventTypes types) {
        this.schedules = schedules;
        this.organizations = organizations;
        this.log = log;
        this.types = types;
    }

    @Override
    public String timer() {
        return TIMER;
    }

    @Override
    public Uni<Void> fire(Due due) {
        return schedules.one(due.timer().organization(), due.timer().key()).chain(found -> found.map(
                        standing -> tell(due, standing))
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> tell(Due due, Standing standing) {
        var id = due.timer().organization();
        var organization = organizations.known(id);
        var scheduled = standing.scheduled();
        var frequency = Frequency.of(scheduled.frequency());
        var at = due.timer().due();
        var period = frequency.of(at, organization);
        var fell = new ExportFellDue(
                scheduled.exportId(),
                at,
                period.start(),
                period.end(),
                frequency.next(at, scheduled.at(), organization));
        var event = types.encode(due.id(), at, fell, Map.of("actor", "ingest-service"), Set.of());
        return log.append(id, List.of(event)).replaceWithVoid();
    }
}
