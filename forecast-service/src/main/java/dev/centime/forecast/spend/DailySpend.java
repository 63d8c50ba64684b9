package dev.centime.forecast.spend;

import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.kit.Caller;
import dev.centime.kit.Period;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;

/** Reads what was spent, of one organization and within a scope that is {@link Endless}. */
@ApplicationScoped
public class DailySpend {
    private final EventLog log;
    private final Tenants tenants;

    DailySpend(EventLog log, Tenants tenants) {
        this.log = log;
        this.tenants = tenants;
    }

    /** By the days of a period. @param scope persons as subject ids, already what the caller may see */
    public Uni<SpendDays> of(Caller caller, Scope scope, Period period) {
        var select = new SelectSpend(caller.oneOrganization(), scope, Grain.of(scope));
        return log.partitionOf(caller.oneOrganization())
                .chain(partition -> tenants.with(caller, connection -> select.byDay(connection, partition, period)));
    }

    /** Between two instants, each the start of a quarter of an hour. */
    public Uni<Money> between(Caller caller, Scope scope, Instant from, Instant until) {
        var select = new SelectSpend(caller.oneOrganization(), scope, Grain.of(scope));
        return log.partitionOf(caller.oneOrganization())
                .chain(partition ->
                        tenants.with(caller, connection -> select.total(connection, partition, from, until)));
    }
}
