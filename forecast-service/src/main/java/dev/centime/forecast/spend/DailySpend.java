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

/** Reads what was spent, of one organization or all, within a scope that is {@link Endless}. */
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
        return select(caller, scope)
                .chain(select -> tenants.with(caller, connection -> select.byDay(connection, period)));
    }

    /** Between two instants, each the start of a quarter of an hour. */
    public Uni<Money> between(Caller caller, Scope scope, Instant from, Instant until) {
        return select(caller, scope)
                .chain(select -> tenants.with(caller, connection -> select.total(connection, from, until)));
    }

    private Uni<SelectSpend> select(Caller caller, Scope scope) {
        var select = new SelectSpend(scope, Grain.of(scope));
        return caller.allOrganizations()
                ? Uni.createFrom().item(select)
                : log.partitionOf(caller.organization()).map(partition -> select.of(caller.organization(), partition));
    }
}
