package dev.centime.budget.command.reservespend;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unsure;
import dev.centime.budget.Ground;
import dev.centime.budget.command.reservespend.Rounds.Outcome;
import dev.centime.budget.reaction.WhenReservationIsDueThenExpire;
import dev.centime.budget.standing.Standings;
import dev.centime.budget.view.budgetspend.BudgetSpend;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.projection.ProjectionRunner;
import dev.centime.eventstore.projection.Projections;
import java.time.Clock;
import java.time.Duration;
import java.util.function.UnaryOperator;

/** What of a replica of budget-service decides about reservations, without the HTTP before it: log, view, memory and decisions. */
final class Replica implements AutoCloseable {
    private static final int MANY = 50_000;
    private static final Duration AGAIN = Duration.ofMillis(50);

    private final EventTypes types = new BudgetConfiguration().eventTypes();
    private final Ground ground;
    private final Projections projections;
    private final Standings standings;
    private final ReserveSpendHandler handler;

    Replica(TestPostgres.Database database) {
        this(database, 3);
    }

    /** @param runners connections of what runs without callers */
    Replica(TestPostgres.Database database, int runners) {
        this(database, runners, Clock.systemUTC());
    }

    /** @param clock by which windows are told */
    Replica(TestPostgres.Database database, int runners, Clock clock) {
        this(database, runners, clock, UnaryOperator.identity());
    }

    /** @param onTheWay what becomes of the decisions' way to the log */
    Replica(TestPostgres.Database database, int runners, Clock clock, UnaryOperator<EventLog> onTheWay) {
        ground = new Ground(database, runners);
        var log = ground.log();
        var metrics = ground.metrics();
        projections = ProjectionRunner.builder()
                .schema("budget")
                .log(log)
                .types(types)
                .pool(ground.runner())
                .wakeUps(ground.wakeUps())
                .metrics(metrics)
                .project(new BudgetSpend())
                .whenDue(new WhenReservationIsDueThenExpire(log, types))
                .build();
        standings = new Standings(log, types, ground.wakeUps(), projections, ground.runner(), clock, metrics, MANY);
        handler = new ReserveSpendHandler(standings, onTheWay.apply(log), types, clock, metrics, MANY);
    }

    Replica start() {
        projections.start().chain(standings::begin).await().atMost(Ground.SOON);
        return this;
    }

    EventLog log() {
        return ground.log();
    }

    EventTypes types() {
        return types;
    }

    Projections projections() {
        return projections;
    }

    ReserveSpendHandler handler() {
        return handler;
    }

    /**
     * What becomes of a command, asked for again while nobody knows what was spent: a machine that is slow may not for a while.
     *
     * @return fails with the refusal
     */
    Outcome decided(String organization, ReserveSpend command) {
        return handler.handle(organization, command)
                .onFailure(Replica::nobodyKnows)
                .retry()
                .withBackOff(AGAIN, AGAIN.multipliedBy(10))
                .expireIn(Ground.SOON.toMillis())
                .await()
                .atMost(Ground.SOON.multipliedBy(2));
    }

    static boolean nobodyKnows(Throwable failure) {
        return failure instanceof Refused refused && refused.refusal() instanceof Unsure;
    }

    /** In the order in which nobody takes away what somebody still uses: who asks ends first, then what they stand on. */
    @Override
    public void close() {
        standings.end();
        Ground.ended("the runner", projections.stop());
        ground.close();
    }
}
