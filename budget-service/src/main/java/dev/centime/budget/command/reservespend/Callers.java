package dev.centime.budget.command.reservespend;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Who waits in one organization's queue, in the order in which they came. Whoever goes away is passed over when it is his turn, and counts
 * until then: what is bounded is what is held in memory. Not safe for several threads.
 */
final class Callers {
    private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
    private final AtomicInteger inAll;

    /** @param inAll how many wait in the queues of all organizations */
    Callers(AtomicInteger inAll) {
        this.inAll = inAll;
    }

    void add(Waiting caller) {
        queue.add(caller);
        inAll.incrementAndGet();
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    /** Takes those whose turn it is; empty when nobody is there any more. */
    List<Waiting> take(int most) {
        var taken = new ArrayList<Waiting>();
        while (taken.size() < most && !queue.isEmpty()) {
            var next = queue.remove();
            inAll.decrementAndGet();
            if (!next.isGone()) {
                taken.add(next);
            }
        }
        return taken;
    }
}
