package dev.centime.budget.command.reservespend;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.MadeReservations;
import dev.centime.budget.command.reservespend.Reservable.Open;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.standing.Moment;
import dev.centime.budget.standing.Standings;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import io.micrometer.core.instrument.Counter;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One organization's reservations, a round at a time: look at the log's end, decide for all who wait, append once if nothing that
 * leaves less room came in between; else look and decide again.
 */
final class Rounds {
    private static final Logger LOG = Logger.getLogger(Rounds.class);
    private static final int ROUND = 500;
    private static final int ATTEMPTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** After which a round no longer hopes for a log that is quick enough, and its budgets say what becomes of it. */
    private static final Duration PATIENCE_IN_ALL = Duration.ofSeconds(3);

    private static final Set<Criterion> LESS_ROOM = Set.of(new Criterion(Set.of(BudgetConfiguration.LIMITS), Set.of()));

    private final String organization;
    private final Standings standings;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;
    private final Executor workers;
    private final Callers waiting;
    private final Counter abandoned;
    private final int mostOpen;
    private boolean busy;

    /** Made on as much as the view had, which may not hold them yet. Touched by one round at a time. */
    private volatile int madeBlindly;

    /**
     * @param abandoned counts what was held for callers who had gone by then
     * @param mostOpen reservations that the organization may hold at a time
     */
    Rounds(
            String organization,
            Standings standings,
            EventLog log,
            EventTypes types,
            Clock clock,
            Executor workers,
            Callers waiting,
            Counter abandoned,
            int mostOpen) {
        this.organization = organization;
        this.standings = standings;
        this.log = log;
        this.types = types;
        this.clock = clock;
        this.workers = workers;
        this.waiting = waiting;
        this.abandoned = abandoned;
        this.mostOpen = mostOpen;
    }

    /**
     * What became of a command.
     *
     * @param made null when the reservation was there before
     * @param position where the log holds it; null when it was there before
     */
    record Outcome(@Nullable SpendReserved made, @Nullable Position position) {}

    private record Verdict(
            Waiting asked,
            @Nullable SpendReserved made,
            @Nullable Refused refusal) {}

    /** @param whole whether what it rests on held all that was reserved by then */
    private record Decided(Position position, boolean whole, List<Verdict> verdicts) {}

    void add(Waiting caller) {
        synchronized (waiting) {
            waiting.add(caller);
        }
        next();
    }

    boolean idle() {
        synchronized (waiting) {
            return !busy && waiting.isEmpty();
        }
    }

    private void next() {
        List<Waiting> round;
        synchronized (waiting) {
            if (busy) {
                return;
            }
            round = waiting.take(ROUND);
            if (round.isEmpty()) {
                return;
            }
            busy = true;
        }
        round(round, ATTEMPTS, System.nanoTime())
                .onFailure()
                .invoke(failure -> round.forEach(one -> one.refuse(failure)))
                .subscribe()
                .with(done -> over(), failure -> over());
    }

    private void over() {
        synchronized (waiting) {
            busy = false;
        }
        next();
    }

    /**
     * A look that fails or takes too long leaves what is known to grow old: then the budgets say what becomes of the round. So they do when
     * it came to nothing for so long that the log must be taken for slow.
     */
    private Uni<Void> round(List<Waiting> round, int attempts, long begunNanos) {
        return standings
                .look()
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithNull()
                .emitOn(workers)
                .chain(() -> decide(round, begunNanos))
                .chain(this::append)
                .onFailure(AppendRejected.class)
                .recoverWithUni(rejected -> attempts > 1
                        ? round(round, attempts - 1, begunNanos)
                        : Uni.createFrom().failure(rejected));
    }

    /** Where the view is too far behind to begin from, the budgets say what becomes of the round: whoever has none need not wait. */
    private Uni<Decided> decide(List<Waiting> round, long begunNanos) {
        var underWay = Duration.ofNanos(System.nanoTime() - begunNanos);
        var slow = underWay.compareTo(PATIENCE_IN_ALL) > 0 ? underWay : Duration.ZERO;
        var calls = round.stream().map(one -> one.command().call()).toList();
        return standings
                .of(organization, calls, moment -> decide(round, moment, slow))
                .onFailure(LogUnavailable.class)
                .recoverWithUni(unknown -> standings
                        .ofOld(organization, calls, moment -> decide(round, moment, slow))
                        .onFailure()
                        .transform(asLittle -> unknown));
    }

    /** @param slow for how long the log was; zero when it was not */
    private Decided decide(List<Waiting> round, Moment moment, Duration slow) {
        var now = clock.instant();
        var reservable = new Reservable(
                moment.position(),
                slow.isZero() ? moment.age() : slow,
                call -> moment.uses(call, now),
                new Open(moment.open() + (moment.isWhole() ? 0 : madeBlindly), moment::isOpen),
                mostOpen);
        var verdicts = new ArrayList<Verdict>(round.size());
        for (var one : round) {
            if (one.isGone()) {
                continue;
            }
            try {
                verdicts.add(new Verdict(one, reservable.decide(one.command()).orElse(null), null));
            } catch (Refused refusal) {
                verdicts.add(new Verdict(one, null, refusal));
            }
        }
        return new Decided(moment.settled(), moment.isWhole(), verdicts);
    }

    private Uni<Void> append(Decided decided) {
        var events = new ArrayList<NewEvent>();
        for (var verdict : decided.verdicts) {
            if (verdict.made != null) {
                events.add(event(verdict.made));
            }
        }
        if (events.isEmpty()) {
            answer(decided, null);
            return Uni.createFrom().voidItem();
        }
        return log.append(organization, events, condition(decided))
                .invoke(() -> madeBlindly = decided.whole ? 0 : madeBlindly + events.size())
                .map(appended -> answer(decided, appended))
                .chain(this::release);
    }

    /** Where a budget must be known, what was decided is not to be older than that either when it is written down. */
    private static AppendCondition condition(Decided decided) {
        var nothingBetween = new AppendCondition(LESS_ROOM, decided.position);
        var strict = decided.verdicts.stream()
                .map(Verdict::made)
                .filter(Objects::nonNull)
                .anyMatch(made -> made.uses().stream().anyMatch(BudgetUse::mustBeKnown));
        return strict ? nothingBetween.within(Reservable.OLDEST) : nothingBetween;
    }

    private NewEvent event(SpendReserved made) {
        return types.encode(
                MadeReservations.eventId(made.reservationId()),
                made.at(),
                made,
                Map.of("actor", made.by()),
                Set.of(BudgetConfiguration.LIMITS));
    }

    /** @return what is held for nobody: he went away, and does not know the id by which he could ask */
    private List<SpendReserved> answer(Decided decided, @Nullable Appended appended) {
        var forNobody = new ArrayList<SpendReserved>();
        int place = 0;
        for (var verdict : decided.verdicts) {
            if (verdict.refusal != null) {
                verdict.asked.refuse(verdict.refusal);
            } else if (verdict.made == null || appended == null) {
                verdict.asked.answer(new Outcome(null, null));
            } else {
                var outcome = appended.outcomes().get(place++);
                var at = appended.position();
                var heard = verdict.asked.answer(
                        outcome.duplicate()
                                ? new Outcome(null, null)
                                : new Outcome(
                                        verdict.made, new Position(at.timeline(), at.partition(), outcome.offset())));
                if (!heard && !outcome.duplicate() && !verdict.asked.command().canAskAgain()) {
                    forNobody.add(verdict.made);
                }
            }
        }
        return forNobody;
    }

    private Uni<Void> release(List<SpendReserved> forNobody) {
        if (forNobody.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        abandoned.increment(forNobody.size());
        var events = forNobody.stream()
                .map(made -> MadeReservations.released(types, made.reservationId(), made.by(), clock.instant()))
                .toList();
        return log.append(organization, events)
                .onFailure()
                .invoke(failure -> LOG.infof("left to expire, held for nobody: %s", failure.getMessage()))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }
}
