package dev.centime.budget.standing;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.projection.Follower;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The ledgers of all partitions. Follows from the heads on: what came before is in the view. */
final class Ledgers implements Follower.Listener {
    private static final Duration LOG_DEADLINE = Duration.ofSeconds(10);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final EventLog log;
    private final Map<Integer, Ledger> ledgers = new ConcurrentHashMap<>();
    private final int mostFigures;
    private volatile long timeline;
    private long lookedAtNanos = System.nanoTime();

    Ledgers(EventLog log, int mostFigures) {
        this.log = log;
        this.mostFigures = mostFigures;
    }

    Ledger of(int partition) {
        return ledgers.computeIfAbsent(partition, added -> new Ledger(new Position(timeline, partition, 0)));
    }

    @Override
    public Map<Integer, Long> begin() {
        timeline = log.timeline().await().atMost(LOG_DEADLINE);
        var heads = log.heads().await().atMost(LOG_DEADLINE);
        var old = List.copyOf(ledgers.values());
        ledgers.clear();
        heads.forEach((partition, head) -> ledgers.put(partition, new Ledger(new Position(timeline, partition, head))));
        old.forEach(Ledger::end);
        return heads;
    }

    @Override
    public boolean wants(StoredEvent event) {
        return of(event.partition()).concerns(event);
    }

    @Override
    public void events(int partition, List<Event> page) {
        of(partition).events(page);
    }

    @Override
    public void moved(int partition, long upTo) {
        of(partition).moved(upTo);
        keepBelowAtTimes();
    }

    /** How many figures are held. */
    int size() {
        return Forgetting.size(ledgers.values());
    }

    /** Makes room when there is none. */
    void keepBelow() {
        Forgetting.keepBelow(mostFigures, ledgers.values());
    }

    /** What is known grows also while nothing is read: with what people reserve, and with time. */
    private void keepBelowAtTimes() {
        var now = System.nanoTime();
        if (now - lookedAtNanos > BETWEEN_LOOKS.toNanos()) {
            lookedAtNanos = now;
            keepBelow();
        }
    }
}
