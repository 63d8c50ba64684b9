package dev.centime.budget;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Cost;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.contracts.price.GivenPrices;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Organizations of their own for tests, and what other services would write of them into the log. */
@ApplicationScoped
public class Tenants {
    private static final Model HAIKU = new Model("anthropic", "claude-haiku", null, null);

    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;
    private final Organizations organizations;

    Tenants(EventLog log, EventTypes types, Subjects subjects, Organizations organizations) {
        this.log = log;
        this.types = types;
        this.subjects = subjects;
        this.organizations = organizations;
    }

    /** A new organization where it is about noon: no day, week, month or year of it ends while a test runs. */
    public Tenant atNoon() {
        return in(whereItIs(12));
    }

    /** A zone where it is about so late now. @param hour from 11 to 14; of others there is not always one */
    public static String whereItIs(int hour) {
        var east = hour - Instant.now().atOffset(ZoneOffset.UTC).getHour();
        // In these names east is minus.
        return "Etc/GMT%+d".formatted(-east);
    }

    /** A new organization, known to the service. */
    public Tenant in(String zone) {
        var id = "o-" + UUID.randomUUID();
        var plain = Organization.named(id, "Test");
        var organization = new Organization(
                id,
                plain.name(),
                ZoneId.of(zone),
                plain.weekStartsOn(),
                plain.fiscalYearStart(),
                true,
                plain.detailRetentionDays());
        append(Contracts.PLATFORM, new OrganizationCreated(organization));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> organizations.find(id).isPresent());
        return new Tenant(id, organization);
    }

    /** The catalogue comes to know a model. */
    public void sold(String provider, String model) {
        var price = GivenPrices.price(provider, model, "1", "2");
        append(Contracts.PLATFORM, new PriceSet(UUID.randomUUID().toString(), null, null, price, "bundled"));
    }

    private String append(String organization, Object... payloads) {
        var events = java.util.Arrays.stream(payloads)
                .map(payload -> types.encode(UUID.randomUUID().toString(), Instant.now(), payload, Map.of(), Set.of()))
                .toList();
        return log.append(organization, events)
                .await()
                .indefinitely()
                .position()
                .toString();
    }

    /** Every payload that the log holds of an organization, as text. */
    public List<String> stored(Tenant tenant) {
        var partition = log.partitionOf(tenant.id()).await().indefinitely();
        return log.read(partition, 0, 10_000).await().indefinitely().stream()
                .filter(event -> event.organization().equals(tenant.id()))
                .map(event -> new String(event.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    /** As {@link #stored(Tenant)}, of one kind of event. */
    public List<String> stored(Tenant tenant, Class<?> type) {
        var partition = log.partitionOf(tenant.id()).await().indefinitely();
        return log.read(partition, 0, 10_000).await().indefinitely().stream()
                .filter(event -> event.organization().equals(tenant.id())
                        && event.type().equals(types.nameOf(type).type()))
                .map(event -> new String(event.payload(), java.nio.charset.StandardCharsets.UTF_8))
                .toList();
    }

    /** One of them. */
    public final class Tenant {
        private final String id;
        private final Organization organization;

        private Tenant(String id, Organization organization) {
            this.id = id;
            this.organization = organization;
        }

        public String id() {
            return id;
        }

        public ZoneId zone() {
            return organization.timeZone();
        }

        /** By its own calendar. */
        public LocalDate day(Instant at) {
            return LocalDate.ofInstant(at, organization.timeZone());
        }

        /** From now on its administrators do not see what individuals did. */
        public void hidesIndividuals() {
            var hiding = new Organization(
                    id,
                    organization.name(),
                    organization.timeZone(),
                    organization.weekStartsOn(),
                    organization.fiscalYearStart(),
                    false,
                    organization.detailRetentionDays());
            append(Contracts.PLATFORM, new OrganizationChanged(hiding));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> organizations.find(id).filter(hiding::equals).isPresent());
        }

        public void movesTo(String zone) {
            append(
                    Contracts.PLATFORM,
                    new OrganizationChanged(new Organization(
                            id,
                            organization.name(),
                            ZoneId.of(zone),
                            organization.weekStartsOn(),
                            organization.fiscalYearStart(),
                            true,
                            organization.detailRetentionDays())));
        }

        /** A call of a person at an instant. @param cost null when its model has no price */
        public UsageRecorded call(@Nullable String user, Instant at, @Nullable String cost) {
            return call(user, Map.of(), null, at, cost);
        }

        public UsageRecorded call(
                @Nullable String user,
                Map<String, String> tags,
                @Nullable String session,
                Instant at,
                @Nullable String cost) {
            var subject = user == null
                    ? null
                    : subjects.idsOf(id, List.of(user)).await().indefinitely().get(user);
            return new UsageRecorded(
                    UUID.randomUUID().toString(),
                    at,
                    HAIKU,
                    new Attribution(subject, "chat", null, session, null, null, tags),
                    Tokens.of(10, 10),
                    new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, false, Map.of()),
                    UsageRecorded.Quantity.ONE_CALL,
                    cost == null ? Cost.UNPRICED : Cost.reported(Money.of(cost)),
                    new UsageRecorded.Provenance("test", null, null, null, List.of(), null, null, null, null, null),
                    0);
        }

        /** A call that settles a reservation. */
        public UsageRecorded settling(String reservationId, UsageRecorded call) {
            return new UsageRecorded(
                    call.recordId(),
                    call.timestamp(),
                    call.model(),
                    call.attribution(),
                    call.tokens(),
                    call.outcome(),
                    call.quantity(),
                    call.cost(),
                    new UsageRecorded.Provenance(
                            "test", null, null, null, List.of(), null, null, reservationId, null, null),
                    call.pricesAt());
        }

        /** @return the position up to which a read must wait to see them */
        public String uses(Object... events) {
            return append(id, events);
        }

        public UsageCorrected corrected(UsageRecorded call, String cost) {
            return corrected(call, cost, null);
        }

        /** @param requests of a bucket that grew; null for as many as were recorded */
        public UsageCorrected corrected(UsageRecorded call, String cost, @Nullable Long requests) {
            return new UsageCorrected(
                    call.recordId(),
                    call.provenance().source(),
                    call.timestamp(),
                    call.model(),
                    call.attribution(),
                    call.quantity(),
                    new UsageCorrected.Counted(call.tokens(), Map.of(), call.cost(), null, null),
                    new UsageCorrected.Counted(
                            Tokens.of(10, 500), Map.of(), Cost.reported(Money.of(cost)), requests, Money.of(cost)),
                    "it grew",
                    0,
                    null,
                    null);
        }

        public UsageRepriced repriced(UsageRecorded call, String cost) {
            return new UsageRepriced(
                    call.recordId(),
                    call.provenance().source(),
                    call.timestamp(),
                    call.model(),
                    call.attribution(),
                    call.tokens(),
                    call.quantity(),
                    call.cost(),
                    Cost.reported(Money.of(cost)),
                    "a price came",
                    null,
                    0,
                    null,
                    null);
        }
    }
}
