package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Event;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimerIT {
    private final Market market = new Market();
    private final Queue<WhenDue.Due> fired = new ConcurrentLinkedQueue<>();
    private final AtomicInteger failures = new AtomicInteger();
    private volatile boolean broken;
    private volatile String failing = "nobody";

    @AfterEach
    void close() {
        market.close();
    }

    @Test
    void eachFiresOnce_howeverManyReplicas() {
        market.start(runner(Duration.ofMillis(300)));
        market.start(runner(Duration.ofMillis(300)));
        for (int i = 0; i < 20; i++) {
            market.append("organization-" + i, Market.sold("a-" + i, 1), Market.sold("b-" + i, 1));
        }

        await().atMost(Market.SOON).until(() -> fired.size() >= 40);
        await().atMost(Market.SOON).until(() -> timers() == 0);

        assertThat(fired).hasSize(40).extracting(due -> due.timer().key()).doesNotHaveDuplicates();
        assertThat(fired).allSatisfy(due -> assertThat(due.timer().due()).isBefore(Instant.now()));
    }

    @Test
    void oneThatFailsFiresAgain_withTheSameId() {
        failures.set(2);
        market.start(runner(Duration.ZERO));

        market.append("north", Market.sold("apple", 1));

        await().atMost(Market.SOON).until(() -> timers() == 0 && fired.size() == 3);
        assertThat(fired).extracting(WhenDue.Due::id).containsOnly(fired.peek().id());
    }

    @Test
    void oneThatCannotRunHoldsUpNoView_andFiresOnceItCan() {
        broken = true;
        var projections = market.start(runner(Duration.ZERO));
        market.append("north", Market.sold("apple", 1));
        await().atMost(Market.SOON).until(() -> timers() == 1);

        for (int i = 0; i < 5; i++) {
            assertThat(market.await(projections, market.append("north", Market.sold("pear", 1))))
                    .isTrue();
        }
        broken = false;

        await().atMost(Market.SOON).until(() -> timers() == 0);
    }

    @Test
    void anyNumberThatFail_holdUpNoneOfTheOthers() {
        market.start(runner(Duration.ZERO));
        var neighbours = market.neighbours(2);
        failing = neighbours.getFirst();
        market.append(
                failing,
                IntStream.range(0, 250)
                        .mapToObj(item -> Market.sold("item-" + item, 1))
                        .toList());
        await().atMost(Market.SOON).until(() -> timers() == 250);
        var neighbour = neighbours.getLast();

        market.append(neighbour, Market.sold("apple", 1));

        await().atMost(Market.SOON).until(() -> fired.stream()
                .anyMatch(due -> due.timer().organization().equals(neighbour)));
        await().atMost(Market.SOON).until(() -> timers() == 250);
        failing = "nobody";
        await().atMost(Market.SOON).until(() -> timers() == 0);
    }

    @Test
    void settingAnewMovesIt_andCancellingForgetsIt() {
        var projections = market.start(runner(Duration.ofHours(1)));
        market.append("north", Market.sold("apple", 1), Market.sold("pear", 1), Market.sold("apple", 1));
        var last = market.append("north", Market.sold("pear", 0));

        assertThat(market.await(projections, last)).isTrue();

        assertThat(market.map("SELECT key, organization FROM market.projection_timer"))
                .containsExactly(Map.entry("apple", "north"));
        assertThat(fired).isEmpty();
    }

    @Test
    void aRebuildSetsNone() {
        var projections = market.start(runner(Duration.ofHours(1)));
        var last = market.append("north", Market.sold("apple", 1));
        assertThat(market.await(projections, last)).isTrue();
        market.execute("DELETE FROM market.projection_timer");

        projections.rebuild("sales").await().atMost(Market.SOON);

        await().atMost(Market.SOON)
                .until(() -> projections
                                .status()
                                .await()
                                .atMost(Market.SOON)
                                .getFirst()
                                .generation()
                        == 2);
        assertThat(timers()).isZero();
        assertThat(market.view()).isEqualTo(market.recount());
    }

    private long timers() {
        return market.number("SELECT count(*) FROM market.projection_timer");
    }

    /** Sets a timer for every sale of its item; a sale for nothing cancels it. */
    private RunnerBuilder runner(Duration after) {
        return market.runner()
                .project(new SalesByItem() {
                    @Override
                    public Uni<Void> apply(View view, List<Event> page) {
                        return super.apply(view, page).chain(() -> setTimers(view, page, after));
                    }
                })
                .whenDue(new WhenDue() {
                    @Override
                    public String timer() {
                        return "remind";
                    }

                    @Override
                    public Uni<Void> fire(Due due) {
                        if (due.timer().organization().equals(failing)) {
                            return Uni.createFrom().failure(new IllegalStateException("not for them"));
                        }
                        if (broken) {
                            throw new NoClassDefFoundError("of what it needs");
                        }
                        fired.add(due);
                        return failures.getAndDecrement() > 0
                                ? Uni.createFrom().failure(new IllegalStateException("not now"))
                                : Uni.createFrom().voidItem();
                    }
                });
    }

    private static Uni<Void> setTimers(View view, List<Event> page, Duration after) {
        var set = page.stream()
                .map(event -> new Timer(
                        "remind",
                        event.stored().organization(),
                        ((Sold) event.payload()).item(),
                        event.stored().recordedAt().plus(after)))
                .toList();
        var cancelled = page.stream()
                .map(event -> (Sold) event.payload())
                .filter(sold -> sold.cents() == 0)
                .map(Sold::item)
                .toList();
        return view.timers().set(set).chain(() -> view.timers()
                .cancel("remind", page.getFirst().stored().organization(), cancelled));
    }
}
