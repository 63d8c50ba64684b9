package dev.centime.budget.command.reservespend;

import dev.centime.budget.command.reservespend.Rounds.Outcome;
import dev.centime.budget.standing.Standings;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.LogUnavailable;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Reservations of one organization queue here, and whoever waits is decided for together. */
@ApplicationScoped
class ReserveSpendHandler {
    private static final int MOST_WAITING = 10_000;
    private static final int ORGANIZATIONS = 10_000;

    private final Standings standings;
    private final EventLog log;
    private final EventTypes types;
    private final Clock clock;
    private final AtomicInteger waiting = new AtomicInteger();
    private final Executor workers = Executors.newVirtualThreadPerTaskExecutor();
    private final Counter abandoned;
    private final int mostOpen;
    private final Map<String, Rounds> rounds = new LinkedHashMap<>(16, 0.75f, true);

    ReserveSpendHandler(
            Standings standings,
            EventLog log,
            EventTypes types,
            Clock clock,
            MeterRegistry metrics,
            @ConfigProperty(name = "centime.limits.most-open", defaultValue = "50000") int mostOpen) {
        this.standings = standings;
        this.log = log;
        this.types = types;
        this.clock = clock;
        this.mostOpen = mostOpen;
        this.abandoned = metrics.counter("centime.limits.reservations", "outcome", "abandoned");
        metrics.gauge("centime.limits.waiting", waiting);
    }

    /** @return what became of it, durable; fails with the refusal, or with {@link LogUnavailable} */
    Uni<Outcome> handle(String organization, ReserveSpend command) {
        return Uni.createFrom().emitter(caller -> {
            if (waiting.get() >= MOST_WAITING) {
                caller.fail(new LogUnavailable("too many reservations wait already", null));
            } else {
                of(organization).add(Waiting.of(command, caller));
            }
        });
    }

    private Rounds of(String organization) {
        synchronized (rounds) {
            var found = rounds.computeIfAbsent(organization, this::begun);
            if (rounds.size() > ORGANIZATIONS) {
                rounds.values().removeIf(old -> old != found && rounds.size() > ORGANIZATIONS && old.idle());
            }
            return found;
        }
    }

    private Rounds begun(String organization) {
        return new Rounds(
                organization, standings, log, types, clock, workers, new Callers(waiting), abandoned, mostOpen);
    }
}
