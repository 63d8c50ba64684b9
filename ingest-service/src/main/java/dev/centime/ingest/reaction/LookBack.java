package dev.centime.ingest.reaction;

import dev.centime.eventstore.log.Event;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How far back each partition was looked through for prices, from a head that stays, so that who is interrupted goes on where he stood
 * however much is appended meanwhile. One at a time goes on, on whatever thread.
 */
final class LookBack {
    /** As a rule a price became known milliseconds after the moment it bears. */
    private static final int FIRST = 50;

    private static final int LONGEST = 1000;

    private final List<String> prices;
    private final Instant moment;
    private final Map<Integer, Stretch> left = new ConcurrentHashMap<>();

    /**
     * @param prices in the order of the log, at least one
     * @param heads by partition
     */
    LookBack(List<Event> prices, Map<Integer, Long> heads) {
        this.prices = ids(prices);
        this.moment = prices.getFirst().stored().recordedAt();
        heads.forEach((partition, head) -> put(partition, head, FIRST));
    }

    /** Events after an offset, up to another. */
    record Stretch(long after, long end) {}

    /** Whether it is for these prices, and no others: one that came later has to see more. */
    boolean isOf(List<Event> others) {
        return prices.equals(ids(others));
    }

    /** The moment that the first of the prices bears; nothing older matters. */
    Instant moment() {
        return moment;
    }

    /** Those in which something is left to be looked at. */
    Set<Integer> partitions() {
        return Set.copyOf(left.keySet());
    }

    /** What is to be looked at next, empty where nothing is left. */
    Optional<Stretch> next(int partition) {
        return Optional.ofNullable(left.get(partition));
    }

    /**
     * A stretch was looked at; the next one is twice as long.
     *
     * @param oldest when the log took the first event of it
     * @return whether there is more
     */
    boolean passed(int partition, Stretch stretch, Instant oldest) {
        left.remove(partition);
        if (!oldest.isBefore(moment)) {
            put(partition, stretch.after(), Math.min(LONGEST, 2 * (stretch.end() - stretch.after())));
        }
        return left.containsKey(partition);
    }

    private void put(int partition, long end, long length) {
        if (end > 0) {
            left.put(partition, new Stretch(Math.max(0, end - length), end));
        }
    }

    private static List<String> ids(List<Event> prices) {
        return prices.stream().map(price -> price.stored().id()).toList();
    }
}
