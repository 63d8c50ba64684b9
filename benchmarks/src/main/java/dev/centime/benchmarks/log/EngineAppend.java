package dev.centime.benchmarks.log;

import dev.centime.eventstore.axon.CentimeEventStorageEngine;
import dev.centime.eventstore.axon.Tenancy;
import io.smallrye.mutiny.Uni;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine.AppendTransaction;
import org.axonframework.eventsourcing.eventstore.GenericTaggedEventMessage;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.MessageType;
import org.axonframework.messaging.eventhandling.GenericEventMessage;

/** The log as Axon's storage engine, payloads written as JSON within the time that is measured. */
record EngineAppend(CentimeEventStorageEngine engine) implements Side {
    private static final MessageType TYPE = new MessageType("usage-recorded", "1");
    private static final Map<String, String> METADATA = Map.of(Tenancy.KEY, "default");

    @Override
    public String name() {
        return "engine (Axon 5 on the log)";
    }

    @Override
    public Uni<?> store(Batch batch) {
        return Uni.createFrom().completionStage(() -> engine.appendEvents(AppendCondition.none(), null, messages(batch))
                .thenCompose(EngineAppend::commit));
    }

    private static List<TaggedEventMessage<?>> messages(Batch batch) {
        var messages = new ArrayList<TaggedEventMessage<?>>(batch.events().size());
        for (int i = 0; i < batch.events().size(); i++) {
            var event = batch.events().get(i);
            messages.add(new GenericTaggedEventMessage<>(
                    new GenericEventMessage(event.id(), TYPE, batch.payloads().get(i), METADATA, event.at()),
                    Set.of()));
        }
        return messages;
    }

    private static <R> CompletableFuture<ConsistencyMarker> commit(AppendTransaction<R> append) {
        return append.commit(null).thenCompose(result -> append.afterCommit(result, null));
    }
}
