package dev.centime.budget.standing;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogUnavailable;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A standing, or the wait for one. While it is being read from the view, the events that come are kept, and those that the view had
 * not folded yet are folded in afterwards. Written under the lock of its {@link Ledger}.
 */
final class Unit {
    private static final int MOST_KEPT = 20_000;

    private final String organization;
    private final String session;
    private final CompletableFuture<Standing> ready = new CompletableFuture<>();
    private final List<Event> kept = new ArrayList<>();
    private @Nullable Standing begun;
    private volatile @Nullable Standing known;
    private volatile long usedAtNanos = System.nanoTime();

    /** The view must have come so far, or what is read is too old. */
    private volatile long mustReach;

    /** What the standing began from holds everything up to here. */
    private long from;

    /** @param session empty for the organization's budgets */
    Unit(String organization, String session, long mustReach) {
        this.organization = organization;
        this.session = session;
        this.mustReach = mustReach;
    }

    String organization() {
        return organization;
    }

    String session() {
        return session;
    }

    long mustReach() {
        return mustReach;
    }

    /** What was read before an offset is of no use. @return false when it was read already */
    boolean readAgain(long offset) {
        mustReach = offset;
        return begun == null;
    }

    /** Whether what it began from was already beyond an offset. */
    boolean holds(long offset) {
        return begun != null && offset <= from;
    }

    /** It is of no use any more: whoever waits for it looks again, and finds another. */
    void giveUp() {
        if (begun != null) {
            ready.complete(begun);
        }
    }

    boolean isLoading() {
        return known == null;
    }

    /** Takes a standing that holds everything up to an offset. */
    void begin(Standing read, long upTo) {
        begun = read;
        from = upTo;
        kept.stream().filter(event -> event.stored().offset() > upTo).forEach(read::fold);
        kept.clear();
    }

    /** Ready as soon as everybody else is where it began. */
    void completeAt(long position) {
        if (known == null && begun != null && position >= from) {
            known = begun;
            ready.complete(begun);
        }
    }

    void fail(Throwable failure) {
        ready.completeExceptionally(failure);
    }

    void take(Event event) {
        if (begun == null) {
            kept.add(event);
            if (kept.size() > MOST_KEPT) {
                throw new LogUnavailable("the view of spend is too far behind", null);
            }
        } else if (event.stored().offset() > from) {
            begun.fold(event);
        }
    }

    /** Null when it must be waited for. */
    @Nullable
    Standing known() {
        usedAtNanos = System.nanoTime();
        return known;
    }

    /** For each who waits by himself: who gives up waiting ends nobody else's. */
    Uni<Standing> ready() {
        return Uni.createFrom().completionStage(ready::copy);
    }

    long idleNanos() {
        return System.nanoTime() - usedAtNanos;
    }

    int size() {
        var standing = known;
        return standing == null ? 1 + kept.size() : standing.size();
    }
}
