package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.EventTypes;
import java.util.Set;

/** Something that follows the log and has a position in it. */
sealed interface Follows {
    String name();

    /** The stored names of the types it wants. */
    Set<String> types();

    record Folds(Projection projection, Set<String> types) implements Follows {
        static Folds of(Projection projection, EventTypes types) {
            return new Folds(projection, types.namesOf(projection.reads()));
        }

        @Override
        public String name() {
            return projection.name();
        }
    }

    record Reacts(Reaction reaction, Set<String> types) implements Follows {
        static Reacts of(Reaction reaction, EventTypes types) {
            return new Reacts(reaction, types.namesOf(reaction.reads()));
        }

        @Override
        public String name() {
            return reaction.name();
        }
    }
}
