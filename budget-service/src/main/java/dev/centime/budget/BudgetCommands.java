package dev.centime.budget;

import dev.centime.eventstore.axon.Commands;
import dev.centime.eventstore.axon.Commands.Sender;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;

/** Has commands handled, and says where the log holds what came of them. */
@ApplicationScoped
public class BudgetCommands {
    private final Commands commands;
    private final EventLog log;

    BudgetCommands(Commands commands, EventLog log) {
        this.commands = commands;
        this.log = log;
    }

    /** @param position of its events, or of all that stood already when it changed nothing */
    public record Done<R>(R result, Position position) {}

    /**
     * @param actor who wants it, as id
     * @return fails with the refusal as its problem
     */
    public <R> Uni<Done<R>> send(String organization, String actor, Object command, Class<R> result) {
        return commands.send(new Sender(organization, actor), command, result)
                .chain(handled -> handled.appended()
                        .map(Appended::position)
                        .map(position -> Uni.createFrom().item(position))
                        .orElseGet(() -> head(organization))
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
