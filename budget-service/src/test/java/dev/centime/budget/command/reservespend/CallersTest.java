package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.budget.command.reservespend.Rounds.Outcome;
import dev.centime.budget.limit.Call;
import dev.centime.contracts.Money;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallersTest {
    private static final Outcome THERE_BEFORE = new Outcome(null, null);

    private final AtomicInteger inAll = new AtomicInteger();
    private final Callers callers = new Callers(inAll);
    private final List<String> heard = new ArrayList<>();

    @Test
    void whoGoesAwayIsPassedOver_andCountsUntilHisTurn() {
        var first = comes("first");
        comes("second");
        comes("third");
        first.cancel();
        assertThat(inAll).hasValue(3);
        assertThat(callers.take(1))
                .extracting(each -> each.command().reservationId())
                .containsExactly("second");
        assertThat(inAll).hasValue(1);
        assertThat(callers.take(9))
                .extracting(each -> each.command().reservationId())
                .containsExactly("third");
        assertThat(inAll).hasValue(0);
        assertThat(callers.isEmpty()).isTrue();
    }

    @Test
    void nobodyIsTaken_whenAllAreGone() {
        List.of(comes("first"), comes("second")).forEach(Cancellable::cancel);
        assertThat(callers.take(1)).isEmpty();
        assertThat(inAll).hasValue(0);
    }

    @Test
    void whoGoesAwayWhileItIsDecided_doesNotHearIt() {
        var leaving = comes("leaving");
        comes("staying");
        var taken = callers.take(2);
        leaving.cancel();
        assertThat(taken.getFirst().isGone()).isTrue();
        assertThat(taken.getFirst().answer(THERE_BEFORE)).isFalse();
        assertThat(taken.getLast().answer(THERE_BEFORE)).isTrue();
        assertThat(taken.getLast().isGone()).isFalse();
        assertThat(heard).containsExactly("staying");
    }

    private Cancellable comes(String id) {
        var command = new ReserveSpend(
                id, Money.of("1"), Call.of(Map.of()), "any", "key", Instant.EPOCH, Duration.ofSeconds(300), false);
        return Uni.createFrom()
                .<Outcome>emitter(caller -> callers.add(Waiting.of(command, caller)))
                .subscribe()
                .with(outcome -> heard.add(id));
    }
}
