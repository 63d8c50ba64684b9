package dev.centime.eventstore.projection;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.EventTypes.EventUnreadable;
import dev.centime.eventstore.log.StoredEvent;
import java.util.ArrayList;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Reads a partition in pages of a size that suits the events: more while it is behind, fewer when they are large or slow to fold.
 * While a page is folded the next one is read and decoded. Belongs to one thread.
 */
final class PageReader {
    private static final int FIRST_LIMIT = 512;

    /**
     * A page that takes less may grow. Larger pages are cheaper by the event, since rows that several events add to are written once
     * a page; on a busy machine, where every page takes long, small ones would make it busier still.
     */
    private static final long FAST_NANOS = 350_000_000;

    private static final long SLOW_NANOS = 800_000_000;

    /** A page of no more than {@link #FIRST_LIMIT} is slow because of its events only when it takes this long. */
    private static final long VERY_SLOW_NANOS = 2_000_000_000;

    private final EventLog log;
    private final EventTypes types;
    private final int partition;
    private final RunnerSettings settings;
    private final Turns turns;
    private int limit;
    private double bytesPerEvent = 1024;
    private @Nullable Ahead ahead;

    PageReader(EventLog log, EventTypes types, int partition, RunnerSettings settings, Turns turns) {
        this.log = log;
        this.types = types;
        this.partition = partition;
        this.settings = settings;
        this.turns = turns;
        this.limit = Math.min(FIRST_LIMIT, settings.maxPageEvents());
    }

    /** A page that is being read beforehand. */
    private record Ahead(long after, Set<String> wanted, FutureTask<DecodedPage> page) {}

    /**
     * The next page after an offset; and when there is more, begins to read the one after it.
     *
     * @param head how far the partition is known to go: a page that holds few events because few are wanted may still end before it
     */
    DecodedPage read(long after, long head, Set<String> wanted) throws InterruptedException {
        var page = takeAhead(after, wanted);
        if (page == null) {
            page = readNow(after, wanted, limit());
        }
        page = page.withMoreUpTo(head);
        if (page.full()) {
            readAhead(page.upTo(), wanted);
        }
        return page;
    }

    /** A page out of turn, which changes nothing about the pages to come. */
    DecodedPage readApart(long after, Set<String> wanted) {
        return readNow(after, wanted, limit());
    }

    /** How long the last page took to fold, from which the size of the next ones follows. */
    void folded(DecodedPage page, long nanos) {
        if (nanos > (limit > FIRST_LIMIT ? SLOW_NANOS : VERY_SLOW_NANOS)) {
            limit = Math.max(FIRST_LIMIT / 8, limit / 2);
        } else if (page.full() && nanos < FAST_NANOS) {
            limit = Math.min(settings.maxPageEvents(), limit * 2);
        }
    }

    private int limit() {
        var byBytes = (int) Math.max(1, settings.maxPageBytes() / bytesPerEvent);
        return Math.min(Math.min(limit, byBytes), settings.maxPageEvents());
    }

    private @Nullable DecodedPage takeAhead(long after, Set<String> wanted) throws InterruptedException {
        var taken = ahead;
        if (taken == null || taken.after != after || !taken.wanted.equals(wanted)) {
            return null;
        }
        forgetAhead();
        try {
            return taken.page.get();
        } catch (ExecutionException e) {
            // Read again in turn, where a failure is met with a pause.
            return null;
        }
    }

    /** Lets go of the page that was read beforehand, if there is one. */
    void forgetAhead() {
        if (ahead != null) {
            ahead = null;
            turns.taken();
        }
    }

    private void readAhead(long after, Set<String> wanted) {
        forgetAhead();
        if (!turns.mayReadAhead()) {
            return;
        }
        var size = limit();
        var page = new FutureTask<>(() -> readNow(after, wanted, size));
        ahead = new Ahead(after, wanted, page);
        Thread.ofVirtual().name("read-ahead-" + partition).start(page);
    }

    private DecodedPage readNow(long after, Set<String> wanted, int size) {
        var page = Blocking.await(log.read(partition, after, size, wanted));
        var slots = new ArrayList<DecodedPage.Slot>(page.events().size());
        long bytes = 0;
        for (var stored : page.events()) {
            slots.add(decode(stored));
            bytes += stored.payload().length;
        }
        if (!slots.isEmpty()) {
            bytesPerEvent = 0.7 * bytesPerEvent + 0.3 * bytes / slots.size();
        }
        return new DecodedPage(after, Math.max(after, page.upTo()), slots.size() >= size, page.timeline(), slots);
    }

    private DecodedPage.Slot decode(StoredEvent stored) {
        try {
            var payload = types.decode(stored);
            return new DecodedPage.Slot(
                    stored, payload.map(read -> new Event(stored, read)).orElse(null), null);
        } catch (EventUnreadable e) {
            return new DecodedPage.Slot(stored, null, e);
        }
    }
}
