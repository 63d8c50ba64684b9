package dev.centime.eventstore.axon;

import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context.ResourceKey;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/** Whose events a unit of work is about: what its context says, else the metadata of the message it handles. */
public final class Tenancy {
    /** Set on a context to say it for all that happens there. */
    public static final ResourceKey<String> ORGANIZATION = ResourceKey.withLabel("organization");

    /** The metadata key; it steers, and is not stored with events, which name their organization anyway. */
    public static final String KEY = "organization";

    private Tenancy() {}

    /** The organization of a context, empty when it names none. */
    static Optional<String> of(@Nullable ProcessingContext context) {
        if (context == null) {
            return Optional.empty();
        }
        var named = context.getResource(ORGANIZATION);
        return Optional.ofNullable(named != null ? named : of(Message.fromContext(context)));
    }

    /** @throws IllegalArgumentException when it names none */
    static String required(@Nullable ProcessingContext context) {
        return of(context)
                .orElseThrow(() -> new IllegalArgumentException(
                        "no organization: neither the context nor the message's metadata names one"));
    }

    /** @throws IllegalArgumentException when there is not exactly one */
    static String ofCommit(@Nullable ProcessingContext context, Collection<TaggedEventMessage<?>> events) {
        Set<String> named = new HashSet<>();
        of(context).ifPresent(named::add);
        for (var event : events) {
            var own = of(event.event());
            if (own != null) {
                named.add(own);
            }
        }
        if (named.size() != 1) {
            throw new IllegalArgumentException("a commit is of one organization; this one names " + named);
        }
        return named.iterator().next();
    }

    private static @Nullable String of(@Nullable Message message) {
        return message == null ? null : message.metadata().get(KEY);
    }
}
