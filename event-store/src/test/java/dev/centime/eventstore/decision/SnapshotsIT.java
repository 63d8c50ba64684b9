package dev.centime.eventstore.decision;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogDatabase;
import dev.centime.eventstore.log.PostgresSnapshots;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A snapshot saves time and decides nothing: whatever is wrong with it, the log is asked. */
class SnapshotsIT {
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "null", "", "[]", "{\"left\":\"many\"}", "{\"left\":"})
    void foldsFromTheFirstEvent_andStoresAnew_whenItCannotBeRead(String state) {
        var organization = "broken-" + Math.abs(state.hashCode());
        addSeats(organization, 40);
        sell(organization, 0, 12);
        awaitSnapshot(organization, 9);
        database.execute("UPDATE log.snapshot SET state = convert_to('" + state + "', 'UTF8') WHERE organization = '"
                + organization + "'");

        assertThat(sell(organization, 12, 1).left()).isEqualTo(27);
        awaitSnapshot(organization, 12);
    }

    @Test
    void foldsFromTheFirstEvent_whenAnotherVersionWroteIt() {
        addSeats("upgraded", 40);
        sell("upgraded", 0, 12);
        awaitSnapshot("upgraded", 9);
        // What that version meant by it nobody knows any more.
        database.execute("UPDATE log.snapshot SET version = 2, state = '{\"left\":0,\"sold\":0,\"last\":[]}'"
                + " WHERE organization = 'upgraded'");

        assertThat(sell("upgraded", 12, 1).left()).isEqualTo(27);
        await().atMost(SOON)
                .until(() ->
                        database.count("SELECT max(version) FROM log.snapshot WHERE organization = 'upgraded'") == 1);
    }

    @Test
    void readsOnlyWhatCameAfterIt_alsoWhereTheEventsBeforeAreOfAnOlderVersion() {
        addSeats("older", 40);
        sell("older", 0, 12);
        awaitSnapshot("older", 9);
        // Before the snapshot nothing could be read any more.
        database.execute("UPDATE log.event SET payload = 'gone' WHERE organization = 'older' AND log_offset <= ("
                + "SELECT log_offset FROM log.snapshot WHERE organization = 'older')");

        assertThat(sell("older", 12, 1).left()).isEqualTo(27);
    }

    @Test
    void decidesOnOlderVersionsOfEventsAsOnTheNewest() {
        addSeats("upcast", 3);
        database.execute("UPDATE log.event SET payload = '{\"rows\":2,\"seats_a_row\":5}'"
                + " WHERE organization = 'upcast' AND type = 'seats-added'");
        var types = EventTypes.with(new JsonMapper())
                .add(Seats.SeatsAdded.class, "seats-added", 2)
                .add(Seats.SeatSold.class, "seat-sold", 1)
                .upcast("seats-added", 1, node -> {
                    int rows = node.remove("rows").intValue();
                    return node.put("seats", rows * node.remove("seats_a_row").intValue());
                })
                .build();

        var decided = queues(types)
                .decide("upcast", "opera", new Seats.Sell("first"))
                .await()
                .atMost(SOON);

        assertThat(decided.state().left()).isEqualTo(9);
    }

    /** By a replica that has just started. */
    private static Seats.State sell(String organization, int from, int count) {
        var queues = queues(Seats.types());
        Seats.State state = null;
        for (int i = from; i < from + count; i++) {
            state = queues.decide(organization, "opera", new Seats.Sell("t" + i))
                    .await()
                    .atMost(SOON)
                    .state();
        }
        return state;
    }

    private static DeciderQueues<Seats.Sell, Seats.State> queues(EventTypes types) {
        return new DeciderQueues<>(
                database.log(), PostgresSnapshots.on(database.pool("centime_shop", 1)), types, new Seats(10), 100);
    }

    private static void addSeats(String organization, int seats) {
        database.log()
                .append(organization, List.of(Seats.added(organization + "-seats", seats)))
                .await()
                .atMost(SOON);
    }

    private static void awaitSnapshot(String organization, int sold) {
        await().atMost(SOON)
                .ignoreExceptions()
                .until(() -> database.count("SELECT (convert_from(state, 'UTF8')::json ->> 'sold')::int"
                                + " FROM log.snapshot WHERE version = 1 AND organization = '" + organization + "'")
                        >= sold);
    }
}
