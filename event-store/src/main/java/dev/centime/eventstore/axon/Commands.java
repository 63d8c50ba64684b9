package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.Appended;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.common.configuration.AxonConfiguration;
import org.axonframework.eventsourcing.configuration.EventSourcingConfigurer;
import org.axonframework.eventsourcing.eventstore.AppendEventsTransactionRejectedException;
import org.axonframework.messaging.commandhandling.CommandBus;
import org.axonframework.messaging.commandhandling.CommandExecutionException;
import org.axonframework.messaging.commandhandling.CommandMessage;
import org.axonframework.messaging.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.core.GenericMessage;
import org.axonframework.messaging.core.MessageTypeResolver;

/**
 * The door to a service's command handlers: the one seam between Axon's futures and everybody's {@code Uni}. A decision that
 * somebody else's event overtook is made again, on what is true then. Handlers run on virtual threads, never on the caller's.
 */
public final class Commands implements AutoCloseable {
    private static final int ATTEMPTS = 10;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(200);

    private final AxonConfiguration configuration;
    private final CentimeEventStorageEngine engine;
    private final CommandBus bus;
    private final MessageTypeResolver types;

    private Commands(AxonConfiguration configuration, CentimeEventStorageEngine engine) {
        this.configuration = configuration;
        this.engine = engine;
        this.bus = configuration.getComponent(CommandBus.class);
        this.types = configuration.getComponent(MessageTypeResolver.class);
    }

    /** Starts what the slices configured. @param engine that {@link CentimeAxon#configurer} was given */
    public static Commands start(EventSourcingConfigurer configurer, CentimeEventStorageEngine engine) {
        return new Commands(configurer.start(), engine);
    }

    /**
     * Who asks for a command.
     *
     * @param organization whose entities it is about
     * @param metadata of the events: who acts, and from where
     * @param commandId an id that a repetition of this command carries too, so that its events are appended once; empty for
     *     commands that nobody repeats
     */
    public record Sender(String organization, Map<String, String> metadata, Optional<String> commandId) {
        /** @param actor the key, account or service that acts */
        public Sender(String organization, String actor) {
            this(organization, actor, Optional.empty());
        }

        /** @param actor the key, account or service that acts */
        public Sender(String organization, String actor, Optional<String> commandId) {
            this(organization, Map.of(Origin.ACTOR, actor), commandId);
        }

        public Sender(String organization, Map<String, String> metadata) {
            this(organization, metadata, Optional.empty());
        }
    }

    /**
     * Has a command handled.
     *
     * @return what its handler returned; fails with what the handler threw, with {@link AppendRejected} when others were
     *     always faster, or with {@link dev.centime.eventstore.log.LogUnavailable}
     */
    public <R> Uni<Handled<R>> send(Sender sender, Object command, Class<R> result) {
        return Uni.createFrom()
                .deferred(() -> once(sender, command, result))
                .onFailure(AppendRejected.class)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.5)
                .atMost(ATTEMPTS)
                .onFailure(failure -> failure.getCause() instanceof AppendRejected)
                .transform(Throwable::getCause);
    }

    /** As {@link #send(Sender, Object, Class)} for handlers that return nothing. */
    public Uni<Handled<Void>> send(Sender sender, Object command) {
        return send(sender, command, Void.class);
    }

    private <R> Uni<Handled<R>> once(Sender sender, Object command, Class<R> result) {
        var message = message(sender, command);
        var appended = new AtomicReference<Appended>();
        engine.await(message.identifier(), appended::set);
        return Uni.createFrom()
                .completionStage(() -> bus.dispatch(message, null))
                .map(answer -> new Handled<R>(
                        answer == null ? null : result.cast(answer.payload()), Optional.ofNullable(appended.get())))
                .onFailure()
                .transform(Commands::named)
                .onTermination()
                .invoke(() -> engine.forget(message.identifier()));
    }

    private CommandMessage message(Sender sender, Object command) {
        Map<String, String> metadata = new HashMap<>(sender.metadata());
        metadata.put(Tenancy.KEY, sender.organization());
        sender.commandId().ifPresent(id -> metadata.put(CentimeEventStorageEngine.COMMAND, id));
        return new GenericCommandMessage(new GenericMessage(types.resolveOrThrow(command), command, metadata));
    }

    /** What the handler threw, out of what Axon wraps around it. */
    private static Throwable named(Throwable failure) {
        return switch (failure) {
            case CompletionException wrapped when wrapped.getCause() != null -> named(wrapped.getCause());
            case CommandExecutionException wrapped when wrapped.getCause() != null -> named(wrapped.getCause());
            case AppendEventsTransactionRejectedException rejected ->
                new AppendRejected(String.valueOf(rejected.getMessage()));
            default -> failure;
        };
    }

    @Override
    public void close() {
        configuration.shutdown();
    }
}
