package dev.centime.eventstore.axon.library;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.axon.EventTags;
import dev.centime.eventstore.log.EventTypes;

public sealed interface LibraryEvent {
    String BOOK = "book";

    String book();

    record BookBought(String book, int copies) implements LibraryEvent {}

    record BookLent(String book, String reader) implements LibraryEvent {}

    record BookReturned(String book, String reader) implements LibraryEvent {}

    static EventTypes types() {
        return EventTypes.with(new JsonMapper())
                .add(BookBought.class, "book-bought", 1)
                .add(BookLent.class, "book-lent", 1)
                .add(BookReturned.class, "book-returned", 1)
                .build();
    }

    static EventTags tags() {
        return EventTags.builder()
                .tag(BookBought.class, BOOK, BookBought::book)
                .tag(BookLent.class, BOOK, BookLent::book)
                .tag(BookReturned.class, BOOK, BookReturned::book)
                .build();
    }
}
