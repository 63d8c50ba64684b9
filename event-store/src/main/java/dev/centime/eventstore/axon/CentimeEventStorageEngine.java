package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.axonframework.common.infra.ComponentDescriptor;
import org.axonframework.eventsourcing.eventstore.AppendCondition;
import org.axonframework.eventsourcing.eventstore.ConsistencyMarker;
import org.axonframework.eventsourcing.eventstore.EmptyAppendTransaction;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.GlobalIndexPosition;
import org.axonframework.eventsourcing.eventstore.SourcingCondition;
import org.axonframework.eventsourcing.eventstore.TaggedEventMessage;
import org.axonframework.messaging.core.Context;
import org.axonframework.messaging.core.DelayedMessageStream;
import org.axonframework.messaging.core.Message;
import org.axonframework.messaging.core.MessageStream;
import org.axonframework.messaging.core.QueueMessageStream;
import org.axonframework.messaging.core.unitofwork.ProcessingContext;
import org.axonframework.messaging.eventhandling.EventMessage;
import org.axonframework.messaging.eventhandling.TerminalEventMessage;
import org.axonframework.messaging.eventhandling.processing.streaming.token.TrackingToken;
import org.axonframework.messaging.eventstreaming.StreamingCondition;
import org.jspecify.annotations.Nullable;

/**
 * The event log as Axon's storage engine. A commit and a decision are of one organization, and so of one partition, whose offsets
 * serve as consistency markers; a stream goes over one organization, or over all partitions when its context names none.
 */
public final class CentimeEventStorageEngine implements EventStorageEngine {
    /**
     * The metadata key under which a command's message carries an id of its caller's making. The ids of its events derive from
     * it, so that the same command appends them once, however often it comes.
     */
    public static final String COMMAND = "command";

    private final EventLog log;
    private final EventCodec codec;
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Tokens tokens;
    private final Map<String, Consumer<Appended>> awaited = new ConcurrentHashMap<>();

    public CentimeEventStorageEngine(EventLog log, EventTypes types) {
        this.log = log;
        this.codec = new EventCodec(types);
        this.tokens = new Tokens(log);
    }

    @Override
    public CompletableFuture<AppendTransaction<?>> appendEvents(
            AppendCondition condition, @Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        if (events.isEmpty()) {
            return CompletableFuture.completedFuture(EmptyAppendTransaction.INSTANCE);
        }
        try {
            var organization = Tenancy.ofCommit(context, events);
            var append = new LogAppend(
                    log,
                    organization,
                    encoded(context, events),
                    condition,
                    workers,
                    appended -> tell(context, appended));
            return CompletableFuture.completedFuture(append);
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private List<NewEvent> encoded(@Nullable ProcessingContext context, List<TaggedEventMessage<?>> events) {
        var message = context == null ? null : Message.fromContext(context);
        var command = message == null ? null : message.metadata().get(COMMAND);
        var encoded = new ArrayList<NewEvent>(events.size());
        for (var event : events) {
            var id = command == null ? event.event().identifier() : command + "/" + encoded.size();
            encoded.add(codec.encode(event, id));
        }
        return encoded;
    }

    /** Has somebody told where the events went that handling a message appended. */
    void await(String messageId, Consumer<Appended> consumer) {
        awaited.put(messageId, consumer);
    }

    void forget(String messageId) {
        awaited.remove(messageId);
    }

    private void tell(@Nullable ProcessingContext context, Appended appended) {
        var message = context == null ? null : Message.fromContext(context);
        var consumer = message == null ? null : awaited.get(message.identifier());
        if (consumer != null) {
            consumer.accept(appended);
        }
    }

    @Override
    public MessageStream<EventMessage> source(SourcingCondition condition, @Nullable ProcessingContext context) {
        try {
            long after = Math.max(0, GlobalIndexPosition.toIndex(condition.start()));
            var sourced = log.source(Tenancy.required(context), LogCriteria.of(condition.criteria()), after)
                    .emitOn(workers)
                    .map(this::finite);
            return DelayedMessageStream.create(sourced.subscribeAsCompletionStage());
        } catch (RuntimeException e) {
            return MessageStream.failed(e).cast();
        }
    }

    private MessageStream<EventMessage> finite(EventLog.Sourced sourced) {
        var stream = new QueueMessageStream<EventMessage>();
        for (var event : sourced.events()) {
            var token = new PartitionsToken(sourced.head().timeline(), Map.of(event.partition(), event.offset()));
            stream.offer(codec.decode(event), TrackingToken.addToContext(Context.empty(), token));
        }
        var marker = LogMarker.at(sourced.head());
        stream.offer(TerminalEventMessage.INSTANCE, Context.with(ConsistencyMarker.RESOURCE_KEY, marker));
        stream.complete();
        return stream;
    }

    @Override
    public MessageStream<EventMessage> stream(StreamingCondition condition, @Nullable ProcessingContext context) {
        var organization = Tenancy.of(context).orElse(null);
        var stream = tokens.of(condition.position(), organization)
                .map(from -> new LogStream(log, codec, workers, organization, condition, from));
        return DelayedMessageStream.create(stream.subscribeAsCompletionStage());
    }

    @Override
    public CompletableFuture<TrackingToken> firstToken(@Nullable ProcessingContext context) {
        return asked(tokens.first(Tenancy.of(context).orElse(null)));
    }

    @Override
    public CompletableFuture<TrackingToken> latestToken(@Nullable ProcessingContext context) {
        return asked(tokens.latest(Tenancy.of(context).orElse(null)));
    }

    @Override
    public CompletableFuture<TrackingToken> tokenAt(Instant at, @Nullable ProcessingContext context) {
        return asked(tokens.at(at, Tenancy.of(context).orElse(null)));
    }

    private CompletableFuture<TrackingToken> asked(Uni<PartitionsToken> token) {
        return token.emitOn(workers).<TrackingToken>map(found -> found).subscribeAsCompletionStage();
    }

    @Override
    public void describeTo(ComponentDescriptor descriptor) {
        descriptor.describeProperty("log", log);
    }
}
