package dev.centime.eventstore.axon.library.lendbook;

import static dev.centime.eventstore.log.LogDatabase.SOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.eventstore.axon.CentimeAxon;
import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.axon.library.LibraryEvent;
import dev.centime.eventstore.axon.library.LibraryEvent.BookBought;
import dev.centime.eventstore.axon.library.LibraryRefusal;
import dev.centime.eventstore.log.LogDatabase;
import dev.centime.eventstore.log.PostgresEventLog;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same slice on the log itself. */
class LendBookIT {
    static LogDatabase database;
    static PostgresEventLog log;
    static Commands commands;

    @BeforeAll
    static void open() {
        database = new LogDatabase();
        log = database.log();
        var engine = new CentimeEventStorageEngine(log, LibraryEvent.types());
        commands = Commands.start(
                LendBookHandler.configure(CentimeAxon.configurer(engine, LibraryEvent.types(), LibraryEvent.tags())),
                engine);
    }

    @AfterAll
    static void close() {
        commands.close();
        database.close();
    }

    @Test
    void answersWithTheResultAndThePlaceOfItsEvents_andSaysWhoDidIt() {
        buy("town", "emma", 2);
        var handled = lend(new Sender("town", "key-1"), "emma", "ann").await().atMost(SOON);

        assertThat(handled.result()).isEqualTo(1);
        var appended = handled.appended().orElseThrow();
        var stored = log.read(
                        appended.position().partition(), appended.position().offset() - 1, 1)
                .await()
                .atMost(SOON)
                .getFirst();
        assertThat(stored.type()).isEqualTo("book-lent");
        assertThat(stored.organization()).isEqualTo("town");
        assertThat(stored.metadata())
                .containsEntry("actor", "key-1")
                .containsKeys("correlation", "causation")
                .doesNotContainKey("organization");
    }

    @Test
    void neverLendsMoreThanThereIs_howeverManyAskAtOnce() {
        buy("city", "emma", 5);
        var refused = new AtomicInteger();
        var asked = IntStream.range(0, 12)
                .mapToObj(i -> lend(new Sender("city", "key"), "emma", "reader" + i)
                        .onFailure(LibraryRefusal.class)
                        .invoke(refused::incrementAndGet)
                        .onFailure(LibraryRefusal.class)
                        .recoverWithNull())
                .toList();
        Uni.join().all(asked).andCollectFailures().await().atMost(SOON);

        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'city' AND type = 'book-lent'"))
                .isEqualTo(5);
        assertThat(refused).hasValue(7);
    }

    @Test
    void countsACommandOnce_whenItsSenderRepeatsIt() {
        buy("port", "emma", 3);
        var sender = new Sender("port", "key", Optional.of("request-1"));
        var first = lend(sender, "emma", "ann").await().atMost(SOON);
        var second = lend(sender, "emma", "ann").await().atMost(SOON);

        assertThat(second.appended().orElseThrow().position())
                .isEqualTo(first.appended().orElseThrow().position());
        assertThat(database.count("SELECT count(*) FROM log.event WHERE organization = 'port'"))
                .isEqualTo(2);
    }

    @Test
    void seesNothingOfOtherOrganizations() {
        buy("here", "emma", 1);
        assertThatThrownBy(() ->
                        lend(new Sender("there", "key"), "emma", "ann").await().atMost(SOON))
                .isInstanceOf(LibraryRefusal.NoCopyLeft.class);
    }

    private static Uni<dev.centime.eventstore.axon.Handled<Integer>> lend(Sender sender, String book, String reader) {
        return commands.send(sender, new LendBook(book, reader), Integer.class);
    }

    private static void buy(String organization, String book, int copies) {
        var event = LibraryEvent.types()
                .encode(
                        "buy-" + book,
                        Instant.parse("2026-01-01T00:00:00Z"),
                        new BookBought(book, copies),
                        Map.of(),
                        Set.of(new Tag(LibraryEvent.BOOK, book)));
        log.append(organization, List.of(event)).await().atMost(SOON);
    }
}
