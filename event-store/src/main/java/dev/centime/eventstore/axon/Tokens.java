package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.EventLog;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.axonframework.messaging.eventhandling.processing.streaming.token.GlobalSequenceTrackingToken;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.jspecify.annotations.Nullable;

/** Makes tokens: over the partition of an organization, or over all when none is named. */
final class Tokens {
    private final EventLog log;

    Tokens(EventLog log) {
        this.log = log;
    }

    Uni<PartitionsToken> first(@Nullable String organization) {
        return over(organization, partition -> Uni.createFrom().item(0L));
    }

    Uni<PartitionsToken> latest(@Nullable String organization) {
        return over(organization, log::head);
    }

    Uni<PartitionsToken> at(Instant at, @Nullable String organization) {
        return over(organization, partition -> log.before(partition, at));
    }

    /** Somebody's token as one of this log. One number stands for a place only where there is one partition. */
    Uni<PartitionsToken> of(@Nullable TrackingToken token, @Nullable String organization) {
        return switch (token) {
            case null -> first(organization);
            case PartitionsToken own ->
                over(organization, partition -> Uni.createFrom().item(own.offset(partition)))
                        .invoke(now -> checkTimeline(own, now));
            case GlobalSequenceTrackingToken index
            when organization != null ->
                over(organization, partition -> Uni.createFrom().item(index.getGlobalIndex()));
            case TrackingToken latest when latest == TrackingToken.LATEST -> latest(organization);
            case TrackingToken first when first == TrackingToken.FIRST -> first(organization);
            default -> Uni.createFrom().failure(new IllegalArgumentException("not a token of this log: " + token));
        };
    }

    private Uni<PartitionsToken> over(@Nullable String organization, Function<Integer, Uni<Long>> offset) {
        return partitions(organization)
                .onItem()
                .transformToMulti(partitions -> Multi.createFrom().iterable(partitions))
                .onItem()
                .transformToUniAndConcatenate(
                        partition -> offset.apply(partition).map(found -> java.util.Map.entry(partition, found)))
                .collect()
                .asMap(java.util.Map.Entry::getKey, java.util.Map.Entry::getValue)
                .chain(offsets -> log.timeline().map(timeline -> new PartitionsToken(timeline, offsets)));
    }

    private static void checkTimeline(PartitionsToken own, PartitionsToken now) {
        if (own.timeline() != now.timeline()) {
            throw new IllegalArgumentException("the log is on timeline " + now.timeline() + " and the token of "
                    + own.timeline() + ", where its offsets stood for other events: begin anew");
        }
    }

    private Uni<List<Integer>> partitions(@Nullable String organization) {
        return organization == null
                ? log.partitions()
                : log.partitionOf(organization).map(List::of);
    }
}
