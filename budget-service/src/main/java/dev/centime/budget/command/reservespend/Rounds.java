package dev.centime.budget.command.reservespend;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.MadeReservations;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.standing.Moment;
import dev.centime.budget.standing.Standings;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One organization's reservations, a round at a time: look at the log's end, decide for all who wait, append once if nothing that
 * leaves less room came in between; else look and decide again.
 */
final class Rounds {
    private static final int ROUND = 500;
    private static final int ATTEMPTS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(1);
    private static final Set<Criterion> LESS_ROOM = Set.of(new Criterion(Set.of(BudgetConfiguration.LIMITS), Set.of()));

    private final String organization;
    private final Standings standings;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;
    private final Executor workers;
    private final ArrayDeque<Waiting> waiting = new ArrayDeque<>();
    private boolean busy;

    Rounds(String organization, Standings standings, EventLog log, EventTypes types, Clock clock, Executor workers) {
        this.organization = organization;
        this.standings = standings;
        this.log = log;
        this.types = types;
        this.clock = clock;
        this.workers = workers;
    }

    /**
     * What became of a command.
     *
     * @param made null when the reservation was there before
     * @param position where the log holds it; null when it was there before
     */
    record Outcome(@Nullable SpendReserved made, @Nullable Position position) {}

    private record Waiting(ReserveSpend command, UniEmitter<? super Outcome> caller) {}

    private record Verdict(
            Waiting asked,
            @Nullable SpendReserved made,
            @Nullable Refused refusal) {}

    private record Decided(Position position, List<Verdict> verdicts) {}

    void add(ReserveSpend command, UniEmitter<? super Outcome> caller) {
        synchronized (waiting) {
            waiting.add(new Waiting(command, caller));
        }
        next();
    }

    boolean idle() {
        synchronized (waiting) {
            return !busy && waiting.isEmpty();
        }
    }

    private void next() {
        List<Waiting> round = new ArrayList<>();
        synchronized (waiting) {
            if (busy || waiting.isEmpty()) {
                return;
            }
            busy = true;
            while (round.size() < ROUND && !waiting.isEmpty()) {
                round.add(waiting.poll());
            }
        }
        round(round, ATTEMPTS)
                .onFailure()
                .invoke(failure -> round.forEach(one -> one.caller.fail(failure)))
                .subscribe()
                .with(done -> over(), failure -> over());
    }

    private void over() {
        synchronized (waiting) {
            busy = false;
        }
        next();
    }

    /** A look that fails or takes too long leaves what is known to grow old: then the budgets say what becomes of the round. */
    private Uni<Void> round(List<Waiting> round, int attempts) {
        return standings
                .look()
                .ifNoItem()
                .after(PATIENCE)
                .recoverWithUni(Uni.createFrom().voidItem())
                .onFailure()
                .recoverWithNull()
                .emitOn(workers)
                .chain(() -> standings.of(
                        organization,
                        round.stream().map(one -> one.command.call()).toList(),
                        moment -> decide(round, moment)))
                .chain(this::append)
                .onFailure(AppendRejected.class)
                .recoverWithUni(rejected -> attempts > 1
                        ? round(round, attempts - 1)
                        : Uni.createFrom().failure(rejected));
    }

    private Decided decide(List<Waiting> round, Moment moment) {
        var now = clock.instant();
        var reservable =
                new Reservable(moment.position(), moment.age(), call -> moment.uses(call, now), moment::isOpen);
        var verdicts = new ArrayList<Verdict>(round.size());
        for (var one : round) {
            try {
                verdicts.add(new Verdict(one, reservable.decide(one.command).orElse(null), null));
            } catch (Refused refusal) {
                verdicts.add(new Verdict(one, null, refusal));
            }
        }
        return new Decided(moment.position(), verdicts);
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
        return log.append(organization, events, new AppendCondition(LESS_ROOM, decided.position))
                .invoke(appended -> answer(decided, appended))
                .replaceWithVoid();
    }

    private NewEvent event(SpendReserved made) {
        return types.encode(
                MadeReservations.eventId(made.reservationId()),
                made.at(),
                made,
                Map.of("actor", made.by()),
                Set.of(BudgetConfiguration.LIMITS));
    }

    private void answer(Decided decided, @Nullable Appended appended) {
        int place = 0;
        for (var verdict : decided.verdicts) {
            if (verdict.refusal != null) {
                verdict.asked.caller.fail(verdict.refusal);
            } else if (verdict.made == null || appended == null) {
                verdict.asked.caller.complete(new Outcome(null, null));
            } else {
                var outcome = appended.outcomes().get(place++);
                var at = appended.position();
                verdict.asked.caller.complete(
                        outcome.duplicate()
                                ? new Outcome(null, null)
                                : new Outcome(
                                        verdict.made, new Position(at.timeline(), at.partition(), outcome.offset())));
            }
        }
    }
}
