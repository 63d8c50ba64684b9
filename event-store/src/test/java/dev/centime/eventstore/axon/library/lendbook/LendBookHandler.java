package dev.centime.eventstore.axon.library.lendbook;

import dev.centime.eventstore.axon.library.LibraryEvent;
import dev.centime.eventstore.axon.library.LibraryEvent.BookBought;
import dev.centime.eventstore.axon.library.LibraryEvent.BookLent;
import dev.centime.eventstore.axon.library.LibraryEvent.BookReturned;
import dev.centime.eventstore.axon.library.LibraryRefusal;
import java.util.List;
import org.axonframework.eventsourcing.annotation.EventSourcedEntity;
import org.axonframework.eventsourcing.annotation.EventSourcingHandler;
import org.axonframework.eventsourcing.annotation.reflection.EntityCreator;
import org.axonframework.eventsourcing.configuration.EventSourcedEntityModule;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.messaging.commandhandling.annotation.CommandHandler;
import org.axonframework.messaging.commandhandling.configuration.CommandHandlingModule;
import org.axonframework.messaging.eventhandling.gateway.EventAppender;
import org.axonframework.modelling.annotation.InjectEntity;

public class LendBookHandler {
    public static EventSourcingConfigurer configure(EventSourcingConfigurer configurer) {
        return configurer
                .registerEntity(EventSourcedEntityModule.autodetected(String.class, State.class))
                .registerCommandHandlingModule(CommandHandlingModule.named("lend-book")
                        .commandHandlers()
                        .annotatedCommandHandlingComponent(config -> new LendBookHandler()));
    }

    /** @return how many copies are left */
    @CommandHandler
    int handle(LendBook command, @InjectEntity State state, EventAppender events) {
        events.append(decide(command, state));
        return state.left;
    }

    static List<LibraryEvent> decide(LendBook command, State state) {
        if (state.left == 0) {
            throw new LibraryRefusal.NoCopyLeft(command.book());
        }
        return List.of(new BookLent(command.book(), command.reader()));
    }

    @EventSourcedEntity(tagKey = LibraryEvent.BOOK)
    static class State {
        int left;

        @EntityCreator
        State() {}

        @EventSourcingHandler
        void evolve(BookBought event) {
            left += event.copies();
        }

        @EventSourcingHandler
        void evolve(BookLent event) {
            left--;
        }

        @EventSourcingHandler
        void evolve(BookReturned event) {
            left++;
        }
    }
}
