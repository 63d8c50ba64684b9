package dev.centime.eventstore.decision;

import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.Snapshots;
import io.smallrye.mutiny.Uni;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a {@link Decider}: commands on one entity queue here, and whoever waits is decided for together. Plain retries of each by
 * itself collapse when many want the same entity; this way a replica makes one append for all of them, and the replicas among
 * each other are few.
 */
public final class DeciderQueues<C, S> {
    /** Entities whose state stays in memory between commands. */
    private static final int REMEMBERED = 10_000;

    private final DecisionLog<S> log;
    private final Decider<C, S> decider;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Entity, DeciderQueue<C, S>> queues = new LinkedHashMap<>(16, 0.75f, true);

    private record Entity(String organization, String id) {}

    /**
     * @param maxWaiting commands that may wait, over all entities; more are refused with {@link LogUnavailable}
     */
    public DeciderQueues(EventLog log, Snapshots snapshots, EventTypes types, Decider<C, S> decider, int maxWaiting) {
        this.log = new DecisionLog<>(log, snapshots, types, decider);
        this.decider = decider;
        this.maxWaiting = maxWaiting;
    }

    /**
     * Decides.
     *
     * @return what it came to, durable; fails with what the decider threw, or with {@link LogUnavailable}
     */
    public Uni<Decided<S>> decide(String organization, String entity, C command) {
        return Uni.createFrom()
                .<Decided<S>>emitter(caller -> {
                    if (waiting.incrementAndGet() > maxWaiting) {
                        caller.fail(new LogUnavailable("too many decisions wait already", null));
                    } else {
                        queueOf(new Entity(organization, entity)).add(command, caller);
                    }
                })
                .onTermination()
                .invoke(waiting::decrementAndGet);
    }

    private DeciderQueue<C, S> queueOf(Entity entity) {
        synchronized (queues) {
            var queue = queues.computeIfAbsent(
                    entity, e -> new DeciderQueue<>(log, decider, e.organization, e.id, workers));
            if (queues.size() > REMEMBERED) {
                queues.values().removeIf(old -> old != queue && queues.size() > REMEMBERED && old.idle());
            }
            return queue;
        }
    }
}
