package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.NewEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Events that other versions of the program have stored, as their golden files hold them. */
class UpcastingIT {
    /** A price in decimals became cents under one name, then under another. */
    private static final EventTypes THIRD = types(3);

    private final Market market = new Market();

    @AfterEach
    void close() {
        market.close();
    }

    private static EventTypes types(int newest) {
        return EventTypes.with(new ObjectMapper())
                .add(Sold.class, "sold", newest)
                .upcast(
                        "sold",
                        1,
                        node -> node.put(
                                "price_cents", cents(node.remove("price").textValue())))
                .upcast("sold", 2, node -> node.set("cents", node.remove("price_cents")))
                .upcast("sold", 3, node -> node)
                .build();
    }

    private static long cents(String price) {
        return new BigDecimal(price).movePointRight(2).longValueExact();
    }

    @Test
    void viewsAndFollowersSeeEveryVersionAsTheNewest_andTheLogKeepsItsBytes() throws Exception {
        market.append("north", golden(1), golden(2), golden(3));
        var last = market.append("north", golden(1));
        var delivered = new CopyOnWriteArrayList<Object>();

        var projections = market.start(market.runner().types(THIRD).project(new SalesByItem()));
        try (var follower = follower(THIRD, delivered)) {
            follower.caughtUp().await().atMost(Market.SOON);
        }

        assertThat(market.await(projections, last)).isTrue();
        assertThat(market.view()).isEqualTo(Map.of("north/apple", "3 for 550", "north/pear", "1 for 300"));
        assertThat(delivered)
                .containsExactly(
                        new Sold("apple", 150), new Sold("apple", 250), new Sold("pear", 300), new Sold("apple", 150));
        var stored = market.log().read(last.partition(), 0, 10).await().atMost(Market.SOON);
        assertThat(stored.getFirst().version()).isEqualTo(1);
        assertThat(stored.getFirst().payload()).isEqualTo(golden(1).payload());
        assertThat(THIRD.decode(stored.getFirst())).contains(new Sold("apple", 150));
    }

    @Test
    void anOlderProgramWaitsBeforeANewerVersion_parksNobody_andANewerProgramGoesOn() throws Exception {
        var before = market.append("north", golden(3));
        var older = market.start(market.runner().types(THIRD).project(new SalesByItem()));
        assertThat(market.await(older, before)).isTrue();
        var delivered = new CopyOnWriteArrayList<Object>();
        var follower = follower(THIRD, delivered);
        follower.caughtUp().await().atMost(Market.SOON);

        var newer = market.append("north", sold(4, "{\"item\":\"plum\",\"cents\":5}"));
        await().atMost(Market.SOON).until(() -> follower.sinceLastMoved().compareTo(Duration.ofSeconds(1)) > 0);
        follower.close();
        assertThat(older.await("sales", newer, Duration.ofMillis(100)).await().atMost(Market.SOON))
                .isFalse();
        assertThat(older.status().await().atMost(Market.SOON).getFirst().parked())
                .isEmpty();
        assertThat(delivered).hasSize(1);

        market.stop(older);
        var program = market.start(market.runner().types(types(4)).project(new SalesByItem()));
        assertThat(market.await(program, newer)).isTrue();
        assertThat(market.view()).containsEntry("north/plum", "1 for 5");
    }

    @Test
    void saysWhichEventCannotBeRead_andWhy_whenAStepIsMissing() throws Exception {
        var position = market.append("north", golden(1));
        var stored = market.log()
                .read(position.partition(), 0, 10)
                .await()
                .atMost(Market.SOON)
                .getFirst();
        var gap = EventTypes.with(new ObjectMapper())
                .add(Sold.class, "sold", 3)
                .upcast("sold", 2, node -> node)
                .build();

        assertThatThrownBy(() -> gap.decode(stored))
                .isInstanceOf(EventUnreadable.class)
                .hasMessageContaining("sold v1")
                .hasMessageContaining("nothing upcasts version 1");
        assertThatThrownBy(() -> Market.TYPES.decode(stored)).isInstanceOf(EventUnreadable.class);
    }

    private Follower follower(EventTypes types, List<Object> delivered) {
        return Follower.of("test", market.log(), types, Set.of(Sold.class), new Follower.Listener() {
                    @Override
                    public void events(int partition, List<Event> page) {
                        page.forEach(event -> delivered.add(event.payload()));
                    }
                })
                .poll(Duration.ofMillis(50))
                .metrics(new SimpleMeterRegistry())
                .start();
    }

    private static NewEvent golden(int version) throws IOException {
        try (var file = UpcastingIT.class.getResourceAsStream("/golden/sold.v" + version + ".json")) {
            return sold(version, new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8));
        }
    }

    private static NewEvent sold(int version, String json) {
        return new NewEvent(
                UUID.randomUUID().toString(),
                "sold",
                version,
                Instant.parse("2026-03-01T10:00:00Z"),
                json.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Map.of(),
                Set.of());
    }
}
