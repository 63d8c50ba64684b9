package dev.centime.recommendation;

import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.kit.Caller;
import dev.centime.kit.Provenance;
import dev.centime.recommendation.Story.Told;
import dev.centime.recommendation.event.RecommendationEvent;
import dev.centime.recommendation.policy.Refusal.Refused;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Has commands on stories handled, and says where the log holds what came of them. */
@ApplicationScoped
public class Stories {
    private final Commands commands;
    private final EventLog log;
    private final Provenance provenance;

    Stories(Commands commands, EventLog log, Provenance provenance) {
        this.commands = commands;
        this.log = log;
        this.provenance = provenance;
    }

    /** @param position of its events, or of all that stood already when it changed nothing */
    public record Done(List<RecommendationEvent> events, Position position) {}

    /**
     * What a caller wants.
     *
     * @return fails with a problem when it is refused: 404 for what never was, 409 for what was answered otherwise
     */
    public Uni<Done> send(Caller caller, Object command) {
        var organization = caller.oneOrganization();
        return provenance.of(caller, organization).chain(metadata -> send(new Sender(organization, metadata), command));
    }

    /** What this service does by itself, as {@link #send(Caller, Object)}. @param actor by which of its names */
    public Uni<Done> send(String organization, String actor, Object command) {
        return send(new Sender(organization, actor), command);
    }

    private Uni<Done> send(Sender sender, Object command) {
        return commands.send(sender, command, Told.class)
                .chain(handled -> handled.appended()
                        .map(Appended::position)
                        .map(position -> Uni.createFrom().item(position))
                        .orElseGet(() -> head(sender.organization()))
                        .map(position -> new Done(events(handled.result()), position)))
                .onFailure(Refused.class)
                .transform(refused -> RefusalAnswers.of((Refused) refused));
    }

    private static List<RecommendationEvent> events(@org.jspecify.annotations.Nullable Told told) {
        return told == null ? List.of() : told.events();
    }

    /** Up to where the log goes now. */
    public Uni<Position> head(String organization) {
        return Uni.combine()
                .all()
                .unis(log.timeline(), log.partitionOf(organization))
                .asTuple()
                .chain(at -> log.head(at.getItem2()).map(offset -> new Position(at.getItem1(), at.getItem2(), offset)));
    }
}
