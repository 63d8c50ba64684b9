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
import dev.centime.kit.Query;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The question in the request at hand: its caller, period and filters. */
@RequestScoped
public class CostRequests {
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
        return asked(Period.of(query, organization, now()));
    }

    /** The moment that a figure is of: what was known then is also told of the days that were the last ones then. */
    public Instant now() {
        var now = clock.instant();
        return query.instant("as_of").filter(asOf -> asOf.isBefore(now)).orElse(now);
    }

    /** About a period that the query does not choose. */
    public Uni<AskedCosts> asked(Period period) {
        var caller = current.get();
        var organization = organization(caller);
        var asOf = query.instant("as_of").orElse(null);
        return filters.of(query, caller)
                .chain(scope -> question(caller, period, scope, asOf))
                .map(question -> new AskedCosts(caller, organization, period, question).checked());
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
