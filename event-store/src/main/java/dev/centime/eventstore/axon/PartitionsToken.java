package dev.centime.eventstore.axon;

import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.LongBinaryOperator;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;

/**
 * How far a stream has come in each partition: the offset of the last event, 0 before the first. A partition that it does not
 * name stands at 0.
 *
 * @param timeline that the offsets are of; on another one they stand for other events
 */
public record PartitionsToken(long timeline, Map<Integer, Long> offsets) implements TrackingToken {
    public PartitionsToken {
        offsets = java.util.Collections.unmodifiableMap(new TreeMap<>(offsets));
    }

    long offset(int partition) {
        return offsets.getOrDefault(partition, 0L);
    }

    PartitionsToken at(int partition, long offset) {
        var moved = new TreeMap<>(offsets);
        moved.put(partition, offset);
        return new PartitionsToken(timeline, moved);
    }

    @Override
    public TrackingToken lowerBound(TrackingToken other) {
        return merged(other, Math::min);
    }

    @Override
    public TrackingToken upperBound(TrackingToken other) {
        return merged(other, Math::max);
    }

    @Override
    public boolean covers(TrackingToken other) {
        return other instanceof PartitionsToken that
                && that.timeline == timeline
                && that.offsets.entrySet().stream().allMatch(entry -> offset(entry.getKey()) >= entry.getValue());
    }

    /** Events passed so far, over all partitions. */
    @Override
    public OptionalLong position() {
        return OptionalLong.of(
                offsets.values().stream().mapToLong(Long::longValue).sum());
    }

    private PartitionsToken merged(TrackingToken other, LongBinaryOperator choice) {
        if (!(other instanceof PartitionsToken that)) {
            throw new IllegalArgumentException("not a token of this log: " + other);
        }
        if (that.timeline != timeline) {
            throw new IllegalArgumentException("tokens of different timelines do not compare: " + this + ", " + other);
        }
        var merged = new TreeMap<Integer, Long>();
        offsets.keySet().forEach(p -> merged.put(p, choice.applyAsLong(offset(p), that.offset(p))));
        that.offsets.keySet().forEach(p -> merged.put(p, choice.applyAsLong(offset(p), that.offset(p))));
        return new PartitionsToken(timeline, merged);
    }
}
