package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.PostgresWakeUps;
import dev.centime.eventstore.log.StoredEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.mutiny.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FollowerIT {
    private final Market market = new Market();
    private final Delivered delivered = new Delivered();
    private final List<Follower> followers = new ArrayList<>();

    @AfterEach
    void close() {
        followers.forEach(Follower::close);
        market.close();
    }

    @Test
    void deliversEveryPartitionInOrder_whatWasThereAndWhatComes() {
        IntStream.range(0, 10).forEach(i -> market.sell("organization-" + i, 150));
        var follower = start(follower());
        follower.caughtUp().await().atMost(Market.SOON);
        assertThat(delivered.count()).isEqualTo(1_500);

        market.sell("organization-3", 2_500);

        await().atMost(Market.SOON).until(() -> delivered.count() == 4_000);
        delivered.offsets.forEach((partition, offsets) -> assertThat(offsets)
                .isEqualTo(LongStream.rangeClosed(1, offsets.size()).boxed().toList()));
        await().atMost(Market.SOON).until(() -> follower.sinceLastMoved().compareTo(Duration.ofSeconds(1)) < 0);
    }

    @Test
    void knowsNothingThatIsNew_beforeItHasLookedOnce() {
        assertThat(follower().build().sinceLastMoved()).isGreaterThan(Duration.ofMinutes(1));
    }

    @Test
    void caughtUpMeansTheHead_howeverFewOfTheEventsAreWanted() {
        IntStream.range(0, 5).forEach(i -> market.sell("north", 10_000));
        market.append(
                "north",
                Market.TYPES.encode(
                        "last", Instant.parse("2026-03-01T10:00:00Z"), new Printed("end"), Map.of(), Set.of()));

        start(Follower.of("test", market.log(), Market.TYPES, Set.of(Printed.class), delivered)
                        .poll(Duration.ofHours(1)))
                .caughtUp()
                .await()
                .atMost(Market.SOON);

        assertThat(delivered.offsets.values()).containsExactly(List.of(50_001L));
    }

    @Test
    void followsOnlyThePartitionsAskedFor() {
        market.sell("platform", 3);
        market.sell("north", 5);

        start(follower().partitions(Set.of(0))).caughtUp().await().atMost(Market.SOON);

        assertThat(delivered.offsets).containsOnlyKeys(0);
        assertThat(delivered.count()).isEqualTo(3);
    }

    @Test
    void beginsWhereTheListenerSays() {
        var last = market.sell("north", 20);
        delivered.begin = Map.of(last.partition(), 15L);

        start(follower()).caughtUp().await().atMost(Market.SOON);

        assertThat(delivered.offsets.get(last.partition())).containsExactly(16L, 17L, 18L, 19L, 20L);
    }

    /** Whoever asks for a key meanwhile would else be told that there is none. */
    @Test
    void hasNotMoved_untilAllOfADatabaseIsDelivered() {
        var known = new AtomicReference<Follower>();
        var ages = new ArrayList<Duration>();
        market.sell("north", 5);
        var following = Follower.of("test", market.log(), Market.TYPES, Set.of(Sold.class), new Follower.Listener() {
                    @Override
                    public Map<Integer, Long> begin() {
                        ages.add(known.get().sinceLastMoved());
                        return Map.of();
                    }

                    @Override
                    public void events(int partition, List<Event> page) {
                        ages.add(known.get().sinceLastMoved());
                    }
                })
                .build();
        known.set(following);
        followers.add(following);

        following.start().caughtUp().await().atMost(Market.SOON);

        assertThat(ages).hasSize(2).allMatch(age -> age.compareTo(Duration.ofMinutes(30)) > 0);
        await().atMost(Market.SOON).until(() -> following.sinceLastMoved().compareTo(Duration.ofMinutes(1)) < 0);
    }

    @Test
    void deliversAgain_andDoesNotMove_whileTheListenerFails() {
        delivered.failures.set(2);
        market.sell("north", 5);

        start(follower()).caughtUp().await().atMost(Market.SOON);

        assertThat(delivered.count()).isEqualTo(5);
        assertThat(delivered.failures.get()).isNegative();
    }

    @Test
    void whoGivesUpWaitingEndsNobodyElsesWait() {
        delivered.failures.set(2);
        market.sell("north", 5);
        var follower = start(follower());

        follower.caughtUp().subscribe().with(done -> {}, failure -> {}).cancel();

        follower.caughtUp().await().atMost(Market.SOON);
        assertThat(delivered.count()).isEqualTo(5);
    }

    @Test
    void countsWhatCannotBeRead_andGoesOn() {
        var metrics = new SimpleMeterRegistry();
        market.append("north", Market.sold("apple", 1), Market.garbled(), Market.sold("apple", 2));

        start(follower().metrics(metrics)).caughtUp().await().atMost(Market.SOON);

        assertThat(delivered.count()).isEqualTo(2);
        assertThat(metrics.get("centime.follower.unreadable").counter().count()).isEqualTo(1);
    }

    @Test
    void stopsMoving_whenTheDatabaseIsAway_andGoesOnAfterwards() {
        var follower = start(follower());
        follower.caughtUp().await().atMost(Market.SOON);

        market.letIn(false);
        await().atMost(Market.SOON).until(() -> follower.sinceLastMoved().compareTo(Duration.ofSeconds(1)) > 0);
        market.letIn(true);

        await().atMost(Market.SOON).until(() -> follower.sinceLastMoved().compareTo(Duration.ofMillis(500)) < 0);
        market.sell("north", 4);
        await().atMost(Market.SOON).until(() -> delivered.count() == 4);
    }

    @Test
    void looksWhenItIsAsked_andHasDeliveredWhatWasThereThen() {
        var follower = start(follower().poll(Duration.ofHours(1)));
        follower.caughtUp().await().atMost(Market.SOON);

        var last = market.sell("north", 30);
        follower.look().await().atMost(Market.SOON);

        assertThat(delivered.count()).isEqualTo(30);
        assertThat(delivered.upTo).containsEntry(last.partition(), last.offset());
    }

    @Test
    void failsALook_whenTheLogCannotBeRead() {
        var follower = start(follower().poll(Duration.ofHours(1)));
        follower.caughtUp().await().atMost(Market.SOON);

        market.letIn(false);

        assertThatThrownBy(() -> follower.look().await().atMost(Market.SOON)).isInstanceOf(RuntimeException.class);
        market.letIn(true);
    }

    @Test
    void passesOverWhatNobodyWants_andSaysHowFarItIs() {
        delivered.wanted = "north";
        market.sell("south", 4);
        market.sell("north", 3);

        start(follower()).caughtUp().await().atMost(Market.SOON);

        assertThat(delivered.count()).isEqualTo(3);
    }

    @Test
    void isWoken_longBeforeItWouldLook() {
        try (var wakeUps = PostgresWakeUps.on(new Vertx(market.vertx()), market.options("centime_market_runner"))) {
            var follower = start(follower().wakeUps(wakeUps).poll(Duration.ofHours(1)));
            follower.caughtUp().await().atMost(Market.SOON);
            var log = market.newLog(wakeUps);

            // A wake-up may be lost while the listening connection is being made; one that comes shows that it is not
            // the poll.
            await().atMost(Market.SOON).until(() -> {
                log.append("north", List.of(Market.sold("apple", 1))).await().atMost(Market.SOON);
                return delivered.count() > 0;
            });
        }
    }

    private Follower.Builder follower() {
        return Follower.of("test", market.log(), Market.TYPES, Set.of(Sold.class), delivered)
                .poll(Duration.ofMillis(50))
                .metrics(new SimpleMeterRegistry());
    }

    private Follower start(Follower.Builder builder) {
        var follower = builder.start();
        followers.add(follower);
        return follower;
    }

    @Test
    void goesOn_whenWhatShouldNeverHappenHappened() {
        var log = new BrokenNowAndThen(market.newLog());
        var follower = start(Follower.of("test", log.asLog(), Market.TYPES, Set.of(Sold.class), delivered)
                .poll(Duration.ofMillis(50))
                .metrics(new SimpleMeterRegistry()));
        follower.caughtUp().await().atMost(Market.SOON);
        log.breaks(true);
        await().atMost(Market.SOON).until(() -> log.calls("heads") + log.calls("timeline") > 2);
        log.breaks(false);

        market.sell("north", 10);

        await().atMost(Market.SOON).until(() -> delivered.count() == 10);
    }

    @Test
    void whoeverLooksWithOneThatIsClosed_isToldThatItPasses() {
        var follower = start(follower());
        follower.end();

        assertThatThrownBy(() -> follower.look().await().atMost(Market.SOON)).isInstanceOf(LogUnavailable.class);
    }

    private static final class Delivered implements Follower.Listener {
        private final Map<Integer, List<Long>> offsets = new ConcurrentHashMap<>();
        private final AtomicInteger failures = new AtomicInteger();
        private final Map<Integer, Long> upTo = new ConcurrentHashMap<>();
        private volatile Map<Integer, Long> begin = Map.of();
        private volatile String wanted = "";

        @Override
        public Map<Integer, Long> begin() {
            return begin;
        }

        @Override
        public boolean wants(StoredEvent event) {
            return wanted.isEmpty() || wanted.equals(event.organization());
        }

        @Override
        public void moved(int partition, long offset) {
            upTo.put(partition, offset);
        }

        @Override
        public void events(int partition, List<Event> page) {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("not now");
            }
            var there = offsets.computeIfAbsent(partition, p -> Collections.synchronizedList(new ArrayList<>()));
            page.forEach(event -> there.add(event.stored().offset()));
        }

        private int count() {
            return offsets.values().stream().mapToInt(List::size).sum();
        }
    }
}
