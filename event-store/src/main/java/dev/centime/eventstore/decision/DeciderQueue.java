package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Appended;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One entity's decisions, a round at a time: fold what is new, decide for all who wait, append once; when somebody elsewhere was
 * faster, fold and decide again.
 *
 * <p>What this replica wrote last is remembered, so a round that only appends begins without reading: the append's condition
 * tells when that was not all. A refusal has no append to tell it, so it stands only on what was read in the same round.
 */
final class DeciderQueue<C, S> {
    private static final int ROUND = 500;
    private static final int ATTEMPTS = 20;

    private final DecisionLog<S> log;
    private final Decider<C, S> decider;
    private final String organization;
    private final String entity;
    private final Executor workers;
    private final ArrayDeque<Waiting<C, S>> waiting = new ArrayDeque<>();
    private boolean busy;
    private volatile @Nullable Folded<S> known;

    DeciderQueue(DecisionLog<S> log, Decider<C, S> decider, String organization, String entity, Executor workers) {
        this.log = log;
        this.decider = decider;
        this.organization = organization;
        this.entity = entity;
        this.workers = workers;
    }

    private record Waiting<C, S>(C command, UniEmitter<? super Decided<S>> caller) {}

    /** What a command came to on a state: facts, or a refusal. */
    private record Verdict<C, S>(
            Waiting<C, S> asked, List<Fact> facts, @Nullable RuntimeException refusal) {}

    void add(C command, UniEmitter<? super Decided<S>> caller) {
        synchronized (waiting) {
            waiting.add(new Waiting<>(command, caller));
        }
        next();
    }

    boolean idle() {
        synchronized (waiting) {
            return !busy && waiting.isEmpty();
        }
    }

    private void next() {
        List<Waiting<C, S>> round = new ArrayList<>();
        synchronized (waiting) {
            if (busy || waiting.isEmpty()) {
                return;
            }
            busy = true;
            while (round.size() < ROUND && !waiting.isEmpty()) {
                round.add(waiting.poll());
            }
        }
        settled(round).subscribe().with(done -> over(), failure -> over());
    }

    /** A round after which everybody has an answer. Nobody fails for what another's facts hold. */
    private Uni<Void> settled(List<Waiting<C, S>> round) {
        return round(round, ATTEMPTS).onFailure().recoverWithUni(failure -> {
            known = null;
            if (failure instanceof IllegalArgumentException && round.size() > 1) {
                return Multi.createFrom()
                        .iterable(round)
                        .onItem()
                        .transformToUniAndConcatenate(one -> settled(List.of(one)))
                        .collect()
                        .last();
            }
            round.forEach(one -> one.caller.fail(failure));
            return Uni.createFrom().voidItem();
        });
    }

    private void over() {
        synchronized (waiting) {
            busy = false;
        }
        next();
    }

    private Uni<Void> round(List<Waiting<C, S>> round, int attempts) {
        var remembered = known;
        var folded =
                remembered != null ? Uni.createFrom().item(remembered.stale()) : log.fold(organization, entity, null);
        return folded.emitOn(workers).chain(state -> decide(round, state, attempts));
    }

    private Uni<Void> decide(List<Waiting<C, S>> round, Folded<S> folded, int attempts) {
        var state = folded.state();
        var verdicts = new ArrayList<Verdict<C, S>>(round.size());
        var facts = new ArrayList<Fact>();
        for (var one : round) {
            var verdict = verdict(one, state);
            if (verdict.facts.isEmpty() && !folded.fresh()) {
                return foldAgain(round, folded, attempts);
            }
            for (var fact : verdict.facts) {
                state = decider.evolve(state, fact.payload());
                facts.add(fact);
            }
            verdicts.add(verdict);
        }
        if (facts.isEmpty()) {
            answer(verdicts, folded, null);
            return Uni.createFrom().voidItem();
        }
        var decided = new Folded<>(state, folded.upTo(), folded.sinceSnapshot() + facts.size(), true);
        return log.append(organization, entity, facts, folded.upTo())
                .chain(appended -> after(folded, decided, appended).invoke(now -> answer(verdicts, now, appended)))
                .replaceWithVoid()
                .onFailure(AppendRejected.class)
                .recoverWithUni(rejected -> attempts > 1
                        ? foldAgain(round, folded, attempts)
                        : Uni.createFrom().failure(rejected));
    }

    /** The state with what was appended. Facts that the log held before were decided on twice: then it is read instead. */
    private Uni<Folded<S>> after(Folded<S> before, Folded<S> decided, Appended appended) {
        if (appended.outcomes().stream().anyMatch(Appended.Outcome::duplicate)) {
            return log.fold(organization, entity, before);
        }
        return Uni.createFrom().item(log.keep(organization, entity, decided.at(appended.position())));
    }

    private Verdict<C, S> verdict(Waiting<C, S> one, S state) {
        try {
            return new Verdict<>(one, decider.decide(one.command, state), null);
        } catch (RuntimeException refusal) {
            return new Verdict<>(one, List.of(), refusal);
        }
    }

    private Uni<Void> foldAgain(List<Waiting<C, S>> round, Folded<S> folded, int attempts) {
        return log.fold(organization, entity, folded)
                .emitOn(workers)
                .chain(fresh -> decide(round, fresh, attempts - 1));
    }

    private void answer(List<Verdict<C, S>> verdicts, Folded<S> folded, @Nullable Appended appended) {
        known = folded;
        for (var verdict : verdicts) {
            if (verdict.refusal != null) {
                verdict.asked.caller.fail(verdict.refusal);
            } else {
                verdict.asked.caller.complete(new Decided<>(
                        folded.state(), verdict.facts.isEmpty() || appended == null ? null : appended.position()));
            }
        }
    }
}
