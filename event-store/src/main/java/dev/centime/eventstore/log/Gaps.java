package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Offsets have no gaps, so a gap means that this part of the log is not here any more, or not this login's to read. Whoever reads is
 * told, rather than led past it.
 */
final class Gaps {
    private Gaps() {}

    /** @param first the smallest offset found after another one, null when none was */
    static void check(int partition, long after, @Nullable Long first) {
        if (first != null && first != after + 1) {
            throw new LogGap(partition, after);
        }
    }

    /** @param page in order */
    static void checkWithin(int partition, List<StoredEvent> page) {
        if (!page.isEmpty() && page.getLast().offset() - page.getFirst().offset() != page.size() - 1) {
            throw new LogGap(partition, page.getFirst().offset());
        }
    }

    /** A page that is empty though the head is further on is read again, since it may have come in between; then it is a gap. */
    static <P> Uni<P> refuse(
            int partition, long after, Supplier<Uni<P>> read, Predicate<P> empty, Supplier<Uni<Long>> head) {
        return read.get()
                .chain(page -> empty.test(page)
                        ? head.get()
                                .chain(now -> now <= after
                                        ? Uni.createFrom().item(page)
                                        : read.get().invoke(again -> {
                                            if (empty.test(again)) {
                                                throw new LogGap(partition, after);
                                            }
                                        }))
                        : Uni.createFrom().item(page));
    }
}
