package dev.centime.ingest.view.costs.question;

import dev.centime.contracts.Organization;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.Measures;
import dev.centime.kit.Caller;
import dev.centime.kit.CurrentCaller;
import dev.centime.kit.Filters;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The question in the request at hand: its caller, period and filters. */
@RequestScoped
public class CostRequests {
    private static final Instant FIRST_MOMENT = Instant.parse("2000-01-01T00:00:00Z");

    private final CurrentCaller current;
    private final Query query;
    private final Filters filters;
    private final Organizations organizations;
    private final EventLog log;
    private final Clock clock;

    CostRequests(
            CurrentCaller current,
            Query query,
            Filters filters,
            Organizations organizations,
            EventLog log,
            Clock clock) {
        this.current = current;
        this.query = query;
        this.filters = filters;
        this.organizations = organizations;
        this.log = log;
        this.clock = clock;
    }

    /** About the period that the query names. */
    public Uni<AskedCosts> asked() {
        var organization = organization(current.get());
        return asked(Period.of(query, organization, now()), query.text("period").orElse(null));
    }

    /** The moment that a figure is of: what was known then is also told of the days that were the last ones then. */
    public Instant now() {
        return asOf().orElseGet(clock::instant);
    }

    /** Empty for now; what is to come is not known yet either. */
    private Optional<Instant> asOf() {
        var asOf = query.instant("as_of");
        if (asOf.filter(FIRST_MOMENT::isAfter).isPresent()) {
            throw Problem.badRequest("as_of", "must not be before " + FIRST_MOMENT);
        }
        return asOf.filter(clock.instant()::isAfter);
    }

    /** About a period that the query does not choose. @param name one of {@link Period#NAMES}, null for none */
    public Uni<AskedCosts> asked(Period period, @Nullable String name) {
        var caller = current.get();
        var organization = organization(caller);
        var asOf = asOf().orElse(null);
        var before = EarlierPeriod.of(period, name, organization, now());
        return filters.of(query, caller)
                .chain(scope -> question(caller, period, scope, asOf))
                .map(question -> new AskedCosts(caller, organization, period, before, question));
    }

    /** The calendar of a caller's organization. */
    public Organization organization() {
        return organization(current.get());
    }

    private Organization organization(Caller caller) {
        return organizations.readBy(caller);
    }

    private Uni<CostQuestion> question(Caller caller, Period period, Scope scope, @Nullable Instant asOf) {
        if (caller.allOrganizations()) {
            return Uni.createFrom()
                    .item(new CostQuestion(
                            caller.organization(), null, period.from(), period.until(), scope, asOf, Measures.ALL));
        }
        return log.partitionOf(caller.organization())
                .map(partition -> new CostQuestion(
                        caller.organization(), partition, period.from(), period.until(), scope, asOf, Measures.ALL));
    }
}
