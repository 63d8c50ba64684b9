package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.NewEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReactionIT {
    private final Market market = new Market();

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void reactsToEveryEvent_andAgainAfterAFailure_withTheSameIds() {
        var print = new Print(3);
        var projections = market.start(
                market.runner().project(new SalesByItem()).react(print).settings(Market.QUICK.withMaxPageEvents(20)));

        market.sell("north", 100);

        await().atMost(Market.SOON).until(() -> printed() == 100);
        awaitCaughtUp(projections);
        assertThat(print.asked.get()).isGreaterThan(100);
        assertThat(printed()).isEqualTo(100);
        assertThat(market.view()).isEqualTo(market.recount());
        assertThat(projections.names()).containsExactly("sales");
    }

    @Test
    void whatIsNotThereYetIsWaitedFor_andNobodyIsParked() {
        var print = new Print(5, () -> new NotThereYet("the view is being rebuilt"));
        var projections = market.start(market.runner().react(print));

        market.sell("north", 30);

        await().atMost(Market.SOON).until(() -> printed() == 30);
        await().atMost(Market.SOON).until(() -> projections.status().await().atMost(Market.SOON).stream()
                .allMatch(status -> status.lagEvents() == 0 && status.parked().isEmpty()));
        assertThat(print.failures).hasNegativeValue();
    }

    @Test
    void anotherReplicaGoesOnWhereOneStopped() {
        var first = market.start(market.runner().react(new Print(0)));
        market.sell("north", 50);
        await().atMost(Market.SOON).until(() -> printed() == 50);
        // What it prints is there before it has noted that it did.
        awaitCaughtUp(first);
        market.stop(first);
        var print = new Print(0);
        market.start(market.runner().react(print));

        market.sell("north", 5);

        await().atMost(Market.SOON).until(() -> printed() == 55);
        assertThat(print.asked.get()).isEqualTo(5);
    }

    @Test
    void oneThatDoesNotReadHistory_beginsWithWhatComes() {
        market.sell("north", 50);
        var print = new Print(0) {
            @Override
            public boolean readsHistory() {
                return false;
            }
        };
        market.start(market.runner().react(print));

        market.sell("north", 5);

        await().atMost(Market.SOON).until(() -> printed() == 5);
        assertThat(print.asked.get()).isEqualTo(5);
    }

    private static void awaitCaughtUp(Projections projections) {
        await().atMost(Market.SOON).until(() -> projections.status().await().atMost(Market.SOON).stream()
                .allMatch(status -> status.lagEvents() == 0));
    }

    private long printed() {
        return market.number("SELECT count(*) FROM log.event WHERE type = 'printed'");
    }

    /** Prints each sale, and fails a few times after the work is done and before that is known. */
    private class Print implements Reaction {
        private final AtomicInteger failures;
        private final Supplier<RuntimeException> failure;
        final AtomicInteger asked = new AtomicInteger();

        private Print(int failures) {
            this(failures, () -> new LogUnavailable("the reply was lost", null));
        }

        private Print(int failures, Supplier<RuntimeException> failure) {
            this.failures = new AtomicInteger(failures);
            this.failure = failure;
        }

        @Override
        public String name() {
            return "print";
        }

        @Override
        public Set<Class<?>> reads() {
            return Set.of(Sold.class);
        }

        @Override
        public Uni<Void> react(List<Event> page) {
            asked.addAndGet(page.size());
            var prints = new ArrayList<NewEvent>();
            for (var event : page) {
                prints.add(Market.TYPES.encode(
                        "printed-" + event.stored().id(),
                        Instant.parse("2026-03-01T10:00:00Z"),
                        new Printed("receipt"),
                        Map.of(),
                        Set.of()));
            }
            return market.log()
                    .append(page.getFirst().stored().organization(), prints)
                    .invoke(() -> {
                        if (failures.getAndDecrement() > 0) {
                            throw failure.get();
                        }
                    })
                    .replaceWithVoid();
        }
    }
}
