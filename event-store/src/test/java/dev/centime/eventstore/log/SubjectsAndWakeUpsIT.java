package dev.centime.eventstore.log;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static dev.centime.eventstore.log.LogDatabase.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SubjectsAndWakeUpsIT {
    static LogDatabase database;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Test
    void givesAPersonOneIdForEver_untilErased() {
        var here = PostgresSubjects.on(database.pool("centime_shop", 2));
        var elsewhere = PostgresSubjects.on(database.pool("centime_till", 2));
        var ids = here.idsOf("acme", List.of("ann", "bob", "ann")).await().atMost(SOON);

        assertThat(ids).containsOnlyKeys("ann", "bob");
        assertThat(elsewhere.idsOf("acme", List.of("bob")).await().atMost(SOON)).containsEntry("bob", ids.get("bob"));
        assertThat(elsewhere.knownIdsOf("acme", List.of("ann", "eve")).await().atMost(SOON))
                .containsOnlyKeys("ann");
        assertThat(here.idsOf("other", List.of("ann")).await().atMost(SOON).get("ann"))
                .isNotEqualTo(ids.get("ann"));
        assertThat(here.namesOf("acme", ids.values()).await().atMost(SOON)).containsEntry(ids.get("ann"), "ann");

        assertThat(here.erase("acme", "ann").await().atMost(SOON)).isTrue();
        assertThat(here.erase("acme", "ann").await().atMost(SOON)).isFalse();
        assertThat(here.namesOf("acme", ids.values()).await().atMost(SOON)).containsOnlyKeys(ids.get("bob"));
        assertThat(here.idsOf("acme", List.of("ann")).await().atMost(SOON).get("ann"))
                .isNotEqualTo(ids.get("ann"));
    }

    /** Cut between connecting and listening, or told that nobody may listen here, as by a server that only reads. */
    @Test
    void listensOnOneConnection_howeverTheOnesBeforeEnded() {
        var listens = new AtomicInteger();
        var options = database.options("centime_till");
        try (var proxy = new CuttingProxy(database.vertx().getDelegate(), options)) {
            proxy.onRequests(request -> {
                if (!request.toString(StandardCharsets.ISO_8859_1).contains("LISTEN")) {
                    return request;
                }
                return switch (listens.getAndIncrement()) {
                    case 0, 1 -> null;
                    case 2, 3 ->
                        Buffer.buffer(request.toString(StandardCharsets.ISO_8859_1)
                                .replace("LISTEN", "LOSTEN")
                                .getBytes(StandardCharsets.ISO_8859_1));
                    default -> request;
                };
            });
            var through = database.options("centime_till").setHost("127.0.0.1").setPort(proxy.port());
            try (var wakeUps = PostgresWakeUps.on(database.vertx(), through)) {
                await().during(Duration.ofSeconds(2))
                        .atMost(SOON)
                        .until(() -> connections() == 1 && listens.get() == 5);
            }
            await().atMost(SOON).until(() -> connections() == 0);
        }
    }

    private static long connections() {
        return database.count("SELECT count(*) FROM pg_stat_activity WHERE usename = 'centime_till'"
                + " AND datname = current_database() AND query LIKE 'L_STEN%'");
    }

    @Test
    void wakesListenersOfOtherServices_afterAnAppend_alsoWhenTheConnectionWasCut() {
        var told = new CopyOnWriteArrayList<Integer>();
        try (var here = PostgresWakeUps.on(database.vertx(), database.options("centime_shop"));
                var elsewhere = PostgresWakeUps.on(database.vertx(), database.options("centime_till"));
                var listening = elsewhere.listen(told::add)) {
            var log = database.log(LogDatabase.PATIENT, here);
            int partition = log.partitionOf("waking").await().atMost(SOON);
            // Each try appends again: what nobody listens to yet is lost, as promised.
            await().atMost(SOON).untilAsserted(() -> {
                log.append("waking", List.of(event("w" + told.size() + System.nanoTime())))
                        .await()
                        .atMost(SOON);
                assertThat(told).contains(partition);
            });
            database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
                    + " OR query LIKE 'SELECT pg_notify%'");
            told.clear();
            await().atMost(SOON).untilAsserted(() -> {
                log.append("waking", List.of(event("v" + System.nanoTime())))
                        .await()
                        .atMost(SOON);
                assertThat(told).contains(partition);
            });
        }
    }
}
