package dev.centime.ingest.view.retention;

import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.Timer;
import dev.centime.eventstore.projection.View;
import dev.centime.ingest.event.DetailExpired;
import dev.centime.ingest.view.DetailHorizon;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;

/**
 * From when on each organization's calls are kept, and the timers of its nights. The first timer stands with the platform, which knows
 * when an organization begins; the others follow from what expired, and stand with the organization.
 */
@ApplicationScoped
public class DetailHorizons implements Projection {
    private static final String STATEMENT =
            "INSERT INTO %s AS horizon (partition, organization, before, retention_days, expired_at)"
                    + " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (partition, organization) DO UPDATE"
                    // A period that became longer brings back nothing.
                    + " SET before = greatest(horizon.before, excluded.before),"
                    + " retention_days = excluded.retention_days, expired_at = excluded.expired_at";

    @Override
    public String name() {
        return "detail-retention";
    }

    @Override
    public List<String> tables() {
        return List.of(DetailHorizon.TABLE);
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(OrganizationCreated.class, OrganizationChanged.class, DetailExpired.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> fold(view, event))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> fold(View view, Event event) {
        var stored = event.stored();
        return switch (event.payload()) {
            case OrganizationCreated created -> begin(view, created.organization(), stored.recordedAt());
            case OrganizationChanged changed -> begin(view, changed.organization(), stored.recordedAt());
            case DetailExpired expired ->
                view.connection()
                        .preparedQuery(STATEMENT.formatted(view.table(DetailHorizon.TABLE)))
                        .execute(Tuple.tuple()
                                .addInteger(view.partition())
                                .addString(stored.organization())
                                .addOffsetDateTime(utc(expired.before()))
                                .addInteger(expired.retentionDays())
                                .addOffsetDateTime(utc(stored.recordedAt())))
                        .chain(() -> night(view, stored.organization(), expired.nextDue()));
            default -> throw new IllegalArgumentException("not asked for: " + stored.type());
        };
    }

    private static Uni<Void> begin(View view, Organization organization, Instant at) {
        return night(view, organization.id(), Nights.next(at, organization));
    }

    private static Uni<Void> night(View view, String organization, Instant due) {
        return view.timers()
                .set(List.of(new Timer(WhenNightComesThenExpireDetail.TIMER, organization, organization, due)));
    }

    private static OffsetDateTime utc(Instant instant) {
        return OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
