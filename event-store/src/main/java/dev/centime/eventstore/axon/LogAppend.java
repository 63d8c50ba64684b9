package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.NewEvent;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GlobalIndexConsistencyMarker;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * One append, made when Axon commits: earlier, the log would hold its lock while handlers run. Until then nothing has happened,
 * so there is nothing to roll back.
 */
final class LogAppend implements AppendTransaction<Appended> {
    private final EventLog log;
    private final String organization;
    private final List<NewEvent> events;
    private final AppendCondition condition;
    private final Executor workers;
    private final Consumer<Appended> done;
    private final AtomicBoolean over = new AtomicBoolean();

    LogAppend(
            EventLog log,
            String organization,
            List<NewEvent> events,
            AppendCondition condition,
            Executor workers,
            Consumer<Appended> done) {
        this.log = log;
        this.organization = organization;
        this.events = events;
        this.condition = condition;
        this.workers = workers;
        this.done = done;
    }

    @Override
    public CompletableFuture<Appended> commit(@Nullable ProcessingContext context) {
        if (over.getAndSet(true)) {
            return CompletableFuture.failedFuture(new IllegalStateException("committed or rolled back before"));
        }
        return append().invoke(done)
                .onFailure(AppendRejected.class)
                .transform(rejected -> AppendEventsTransactionRejectedException.conflictingEventsDetected(
                        condition.consistencyMarker()))
                .emitOn(workers)
                .subscribeAsCompletionStage();
    }

    private Uni<Appended> append() {
        var marker = condition.consistencyMarker();
        if (!condition.criteria().hasCriteria() || marker == ConsistencyMarker.INFINITY) {
            return log.append(organization, events);
        }
        return log.append(organization, events, condition(marker));
    }

    private dev.centime.eventstore.log.AppendCondition condition(ConsistencyMarker marker) {
        var criteria = LogCriteria.of(condition.criteria());
        return marker instanceof LogMarker own
                ? new dev.centime.eventstore.log.AppendCondition(criteria, own.offset(), own.timeline())
                : new dev.centime.eventstore.log.AppendCondition(
                        criteria, Math.max(0, GlobalIndexConsistencyMarker.position(marker)));
    }

    @Override
    public void rollback(@Nullable ProcessingContext context) {
        over.set(true);
    }

    @Override
    public CompletableFuture<ConsistencyMarker> afterCommit(Appended appended, @Nullable ProcessingContext context) {
        return CompletableFuture.completedFuture(
                new GlobalIndexConsistencyMarker(appended.position().offset()));
    }
}
