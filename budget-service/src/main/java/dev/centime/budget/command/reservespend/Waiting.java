package dev.centime.budget.command.reservespend;

import dev.centime.budget.command.reservespend.Rounds.Outcome;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.concurrent.atomic.AtomicReference;

/** A caller who waits for the decision on his reservation, until he is answered or goes away. */
final class Waiting {
    private final ReserveSpend command;
    private final UniEmitter<? super Outcome> caller;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITS);

    private enum State {
        WAITS,
        ANSWERED,
        GONE
    }

    private Waiting(ReserveSpend command, UniEmitter<? super Outcome> caller) {
        this.command = command;
        this.caller = caller;
    }

    static Waiting of(ReserveSpend command, UniEmitter<? super Outcome> caller) {
        var waiting = new Waiting(command, caller);
        caller.onTermination(() -> waiting.state.compareAndSet(State.WAITS, State.GONE));
        return waiting;
    }

    ReserveSpend command() {
        return command;
    }

    /** Whether he went away without an answer. */
    boolean isGone() {
        return state.get() == State.GONE;
    }

    /** @return false when nobody is there to hear it */
    boolean answer(Outcome outcome) {
        var heard = state.compareAndSet(State.WAITS, State.ANSWERED);
        if (heard) {
            caller.complete(outcome);
        }
        return heard;
    }

    void refuse(Throwable failure) {
        if (state.compareAndSet(State.WAITS, State.ANSWERED)) {
            caller.fail(failure);
        }
    }
}
