package dev.centime.ingest.view.retention;

import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.projection.WhenDue;
import dev.centime.ingest.event.DetailExpired;
import dev.centime.kit.Organizations;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells the log what expires in an organization tonight: once a day, whichever of its timers fires and however often, since the event's
 * id is made from the day. Nights that passed while nobody was there are one.
 */
@ApplicationScoped
public class WhenNightComesThenExpireDetail implements WhenDue {
    static final String TIMER = "detail-night";

    private static final String ANY = "SELECT EXISTS (SELECT FROM ingest.usage_detail"
            + " WHERE partition = $1 AND organization = $2 AND at < $3) AS found";

    private final Organizations organizations;
    private final Tenants tenants;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;

    WhenNightComesThenExpireDetail(
            Organizations organizations, Tenants tenants, EventLog log, EventTypes types, Clock clock) {
        this.organizations = organizations;
        this.tenants = tenants;
        this.log = log;
        this.types = types;
        this.clock = clock;
    }

    @Override
    public String timer() {
        return TIMER;
    }

    @Override
    public Uni<Void> fire(Due due) {
        var id = due.timer().organization();
        var organization = organizations.known(id);
        // The database's clock fires it and may be ahead of this one.
        var now = clock.instant();
        return expire(
                organization, now.isBefore(due.timer().due()) ? due.timer().due() : now);
    }

    /** @param night of the organization whose period is looked at */
    Uni<Void> expire(Organization organization, Instant night) {
        var before = Nights.keptFrom(night, organization);
        return found(organization.id(), before)
                .map(found -> new DetailExpired(
                        before, organization.detailRetentionDays(), found, Nights.next(night, organization)))
                .chain(expired -> log.append(
                        organization.id(),
                        List.of(types.encode(
                                id(organization, night), night, expired, Map.of("actor", "ingest-service"), Set.of()))))
                .replaceWithVoid();
    }

    private Uni<Boolean> found(String organization, Instant before) {
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> connection
                        .preparedQuery(ANY)
                        .execute(Tuple.of(partition, organization, OffsetDateTime.ofInstant(before, ZoneOffset.UTC)))
                        .map(rows -> rows.iterator().next().getBoolean("found"))));
    }

    /**
     * The period is part of it: one that was shortened since last night counts from tonight on, not from tomorrow. So is the zone: where
     * a day begins again elsewhere, the timers of the days to come must be set anew.
     */
    private static String id(Organization organization, Instant night) {
        var text = "detail-expired\u001f" + organization.id() + '\u001f' + Nights.today(night, organization) + '\u001f'
                + organization.detailRetentionDays() + '\u001f' + organization.timeZone();
        return UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8)).toString();
    }
}
