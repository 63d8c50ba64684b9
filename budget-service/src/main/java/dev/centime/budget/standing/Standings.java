package dev.centime.budget.standing;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.event.LimitLifted;
import dev.centime.budget.event.LimitRestored;
import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.limit.Call;
import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.WakeUps;
import dev.centime.eventstore.projection.Follower;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.Begins;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * How the budgets of the organizations that somebody asked about stand, kept in memory. Each is begun from one snapshot of the view
 * and its position, and follows the log by a cursor of this replica's own.
 */
@ApplicationScoped
public class Standings implements Begins {
    private static final Set<Class<?>> READS = Set.of(
            UsageRecorded.class,
            UsageRepriced.class,
            UsageCorrected.class,
            BudgetSet.class,
            BudgetDeleted.class,
            SpendReserved.class,
            ReservationReleased.class,
            ReservationExpired.class,
            LimitLifted.class,
            LimitRestored.class);
    private static final Duration VIEW_DEADLINE = Duration.ofSeconds(3);
    private static final Duration READ_DEADLINE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 20;

    private final EventLog log;
    private final Projections projections;
    private final SelectStanding select;
    private final Clock clock;
    private final Counter loads;
    private final Set<Criterion> budgetsChanged;
    private final Follower follower;
    private final Ledgers ledgers;

    public Standings(
            EventLog log,
            EventTypes types,
            WakeUps wakeUps,
            Projections projections,
            @ReactiveDataSource("runner") Pool pool,
            Clock clock,
            MeterRegistry metrics,
            @ConfigProperty(name = "centime.standing.most-figures", defaultValue = "200000") int mostFigures) {
        this.log = log;
        this.projections = projections;
        this.select = new SelectStanding(pool, BudgetSpend.NAME);
        this.clock = clock;
        this.budgetsChanged = Set.of(new Criterion(
                Set.of(BudgetConfiguration.LIMITS), types.namesOf(Set.of(BudgetSet.class, BudgetDeleted.class))));
        this.loads = metrics.counter("centime.standing.loads");
        this.ledgers = new Ledgers(log, mostFigures);
        this.follower = Follower.of("standings", log, types, READS, ledgers)
                .wakeUps(wakeUps)
                .metrics(metrics)
                .build();
        metrics.gauge("centime.standing.figures", ledgers, Ledgers::size);
        metrics.gauge(
                "centime.standing.age.seconds",
                this,
                standings -> standings.age().toMillis() / 1000.0);
    }

    @Override
    public Uni<Void> begin() {
        return follower.start().caughtUp();
    }

    @Override
    public void end() {
        follower.end();
    }

    /** How long ago all that the log held was known here. */
    public Duration age() {
        return follower.sinceLastMoved();
    }

    /** Completes when all that the log holds now is known here; what is not known yet of an organization may still be to be read. */
    public Uni<Void> look() {
        return follower.look();
    }

    /**
     * How the budgets stand for a call at this moment, from memory where they are known.
     *
     * @return fails with {@link LogUnavailable} when they cannot be read
     */
    public <T> Uni<T> of(String organization, Call call, Function<Moment, T> work) {
        return of(organization, List.of(call), work);
    }

    /** As {@link #of(String, Call, Function)}, for several calls at one position. */
    public <T> Uni<T> of(String organization, Collection<Call> calls, Function<Moment, T> work) {
        return log.partitionOf(organization)
                .chain(partition -> at(ledgers.of(partition), organization, calls, work, ATTEMPTS));
    }

    /**
     * As {@link #of(String, Collection, Function)}, from as much as the view has: for whoever would rather know something old than nothing.
     *
     * @return fails with {@link LogUnavailable} also when that is not enough to tell which budgets there are
     */
    public <T> Uni<T> ofOld(String organization, Collection<Call> calls, Function<Moment, T> work) {
        return log.partitionOf(organization).chain(partition -> select.execute(
                        partition, organization, "", clock.instant())
                .chain(found -> log.source(organization, budgetsChanged, found.upTo())
                        .map(changed -> {
                            var ofSessions = found.standing().sessionsHaveTheirOwn()
                                    && calls.stream()
                                            .anyMatch(call -> !call.session().isEmpty());
                            if (ofSessions || !changed.events().isEmpty()) {
                                throw new LogUnavailable("the view of budgets is behind", null);
                            }
                            var head = changed.head();
                            var position = new Position(head.timeline(), partition, found.upTo());
                            return work.apply(new Moment(position, head, VIEW_DEADLINE, Map.of("", found.standing())));
                        })));
    }

    private <T> Uni<T> at(
            Ledger ledger, String organization, Collection<Call> calls, Function<Moment, T> work, int attempts) {
        var missing = new ArrayList<String>();
        var sessions = sessions(ledger, organization, calls, missing);
        if (missing.isEmpty()) {
            var done = Optional.ofNullable(ledger.at(organization, sessions, age(), work));
            if (done.isPresent()) {
                return Uni.createFrom().item(done.get());
            }
        }
        if (attempts == 0) {
            return Uni.createFrom()
                    .failure(new LogUnavailable("the budgets change faster than they can be read", null));
        }
        var all = Uni.createFrom().voidItem();
        for (var session : missing) {
            all = all.chain(() -> ledger.unit(organization, session, unit -> load(ledger, unit))
                    .ready()
                    .ifNoItem()
                    .after(READ_DEADLINE)
                    .failWith(() -> new LogUnavailable("what was spent is being read for too long", null))
                    .replaceWithVoid());
        }
        return all.chain(() -> at(ledger, organization, calls, work, attempts - 1));
    }

    /** @param missing gets those that are not known; a session is asked about only where sessions have budgets of their own */
    private static Set<String> sessions(
            Ledger ledger, String organization, Collection<Call> calls, List<String> missing) {
        var sessions = new LinkedHashSet<String>();
        sessions.add("");
        var organizations = ledger.known(organization, "");
        if (organizations == null) {
            missing.add("");
        } else if (organizations.sessionsHaveTheirOwn()) {
            calls.stream().map(Call::session).forEach(sessions::add);
            sessions.stream()
                    .filter(session -> ledger.known(organization, session) == null)
                    .forEach(missing::add);
        }
        return sessions;
    }

    private void load(Ledger ledger, Unit unit) {
        loads.increment();
        ledgers.keepBelow();
        read(ledger, unit, ATTEMPTS).subscribe().with(done -> {}, failure -> ledger.failed(unit, failure));
    }

    private Uni<Void> read(Ledger ledger, Unit unit, int attempts) {
        return viewHas(new Position(ledger.timeline(), ledger.partition(), unit.mustReach()))
                .chain(() -> projections.staleSince(BudgetSpend.NAME, unit.organization()))
                .invoke(stale -> {
                    if (stale.isPresent()) {
                        throw new LogUnavailable("what was spent is not known since " + stale.get(), null);
                    }
                })
                .chain(() -> select.execute(ledger.partition(), unit.organization(), unit.session(), clock.instant()))
                .chain(found -> {
                    if (ledger.loaded(unit, found.standing(), found.upTo())) {
                        return Uni.createFrom().voidItem();
                    }
                    return attempts > 0
                            ? read(ledger, unit, attempts - 1)
                            : Uni.createFrom().failure(new LogUnavailable("budgets change all the time", null));
                });
    }

    private Uni<Void> viewHas(Position position) {
        return projections
                .await(BudgetSpend.NAME, position, VIEW_DEADLINE)
                .invoke(arrived -> {
                    if (!arrived) {
                        throw new LogUnavailable("the view of what was spent is behind", null);
                    }
                })
                .replaceWithVoid();
    }
}
