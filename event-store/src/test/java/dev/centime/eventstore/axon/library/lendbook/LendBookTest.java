package dev.centime.eventstore.axon.library.lendbook;

import dev.centime.eventstore.axon.CentimeAxon;
import dev.centime.eventstore.axon.library.LibraryEvent;
import dev.centime.eventstore.axon.library.LibraryEvent.BookBought;
import dev.centime.eventstore.axon.library.LibraryEvent.BookLent;
import dev.centime.eventstore.axon.library.LibraryRefusal;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.test.fixture.AxonTestFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LendBookTest {
    private final AxonTestFixture library = AxonTestFixture.with(LendBookHandler.configure(
            CentimeAxon.configurer(new InMemoryEventStorageEngine(), LibraryEvent.types(), LibraryEvent.tags())));

    @AfterEach
    void stop() {
        library.stop();
    }

    @Test
    void lends_whileACopyIsLeft() {
        library.given()
                .event(new BookBought("emma", 2))
                .event(new BookLent("emma", "ann"))
                .when()
                .command(new LendBook("emma", "bob"))
                .then()
                .success()
                .resultMessagePayload(0)
                .events(new BookLent("emma", "bob"));
    }

    @Test
    void refuses_whenNoCopyIsLeft() {
        library.given()
                .event(new BookBought("emma", 1))
                .event(new BookLent("emma", "ann"))
                .when()
                .command(new LendBook("emma", "bob"))
                .then()
                .exception(LibraryRefusal.NoCopyLeft.class)
                .noEvents();
    }

    @Test
    void looksAtTheBookAskedForAlone() {
        library.given()
                .event(new BookBought("emma", 1))
                .event(new BookBought("persuasion", 1))
                .event(new BookLent("emma", "ann"))
                .when()
                .command(new LendBook("persuasion", "bob"))
                .then()
                .events(new BookLent("persuasion", "bob"));
    }
}
