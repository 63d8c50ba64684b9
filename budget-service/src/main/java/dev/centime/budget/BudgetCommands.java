package dev.centime.budget;

import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.kit.Caller;
import dev.centime.kit.Provenance;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Has commands handled, and says where the log holds what came of them. */
@ApplicationScoped
public class BudgetCommands {
    private final Commands commands;
    private final EventLog log;
    private final Provenance provenance;

    BudgetCommands(Commands commands, EventLog log, Provenance provenance) {
        this.commands = commands;
        this.log = log;
        this.provenance = provenance;
    }

    /** @param position of its events, or of all that stood already when it changed nothing */
    public record Done<R>(R result, Position position) {}

    /** What a caller wants. @return fails with the refusal as its problem */
    public <R> Uni<Done<R>> send(Caller caller, Object command, Class<R> result) {
        var organization = caller.oneOrganization();
        return provenance
                .of(caller, organization)
                .chain(metadata -> send(new Sender(organization, metadata), command, result));
    }

    /**
     * What an event makes this service do by itself, on record with the request that led to the event.
     *
     * @param actor by which of its names; whoever caused the event when it is null
     * @return fails with the refusal as its problem
     */
    public <R> Uni<Done<R>> send(
            StoredEvent cause, @Nullable String actor, String organization, Object command, Class<R> result) {
        Map<String, String> metadata = new HashMap<>(cause.metadata());
        metadata.keySet().retainAll(Set.of(Provenance.ACTOR, Provenance.REQUEST, Provenance.FROM));
        if (actor != null) {
            metadata.put(Provenance.ACTOR, actor);
        }
        if (!cause.organization().equals(organization)) {
            // An address is known where the event is stored, and nowhere else.
            metadata.remove(Provenance.FROM);
        }
        return send(new Sender(organization, metadata), command, result);
    }

    private <R> Uni<Done<R>> send(Sender sender, Object command, Class<R> result) {
        return commands.send(sender, command, result)
                .chain(handled -> handled.appended()
                        .map(Appended::position)
                        .map(position -> Uni.createFrom().item(position))
                        .orElseGet(() -> head(sender.organization()))
                        .map(position -> new Done<>(Objects.requireNonNull(handled.result()), position)))
                .onFailure()
                .transform(RefusalAnswers::problem);
    }

    private Uni<Position> head(String organization) {
        return Uni.combine()
                .all()
                .unis(log.timeline(), log.partitionOf(organization))
                .asTuple()
                .chain(at -> log.head(at.getItem2()).map(offset -> new Position(at.getItem1(), at.getItem2(), offset)));
    }
}
