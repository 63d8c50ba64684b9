package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.centime.budget.BudgetConfiguration;
import dev.centime.budget.BudgetRefusal;
import dev.centime.budget.BudgetRefusal.Exceeded;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.Unsure;
import dev.centime.budget.Given;
import dev.centime.budget.command.reservespend.Rounds.Outcome;
import dev.centime.budget.limit.Call;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Action;
import dev.centime.contracts.BudgetDefinition.Threshold;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDefinition.WhenStale;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Money;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.AppendCondition;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.Tag;
import io.smallrye.mutiny.Uni;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What was decided is on its way to the log for longer than a second, and meanwhile somebody spends. */
class LateAppendIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    private final AtomicInteger onTheWay = new AtomicInteger();
    private volatile CompletableFuture<Void> arrives = new CompletableFuture<>();

    /** @param refused why the strict budget's caller got nothing. @param spent meanwhile, against that budget */
    private record Came(BudgetRefusal refused, Position spent) {}

    @Test
    void itIsDecidedAgain_onWhatWasSpentMeanwhile_unlessTheBudgetAdmitsWhatNobodyKnows() {
        try (var replica = new Replica(TestPostgres.database("budget"), 3, Clock.systemUTC(), this::slow).start()) {
            // After three seconds on the way nobody would know enough to decide again: then the machine was too slow
            // for this.
            var came = await("decisions are not on their way for too long")
                    .atMost(SOON.multipliedBy(2))
                    .pollDelay(Duration.ZERO)
                    .until(() -> bothAreLate(replica), what -> !(what.refused() instanceof Unsure));

            var exceeded = (Exceeded) came.refused();
            assertThat(exceeded.stopping().getFirst().spent()).isEqualTo(Money.of("8"));
            assertThat(exceeded.upTo().offset())
                    .isGreaterThanOrEqualTo(came.spent().offset());
        }
    }

    /** A caller of a strict budget and one of a lenient one, in organizations of their own. */
    private Came bothAreLate(Replica replica) throws Exception {
        var strict = "strict-" + UUID.randomUUID();
        var lenient = "lenient-" + UUID.randomUUID();
        arrives = new CompletableFuture<>();
        append(replica, strict, set(WhenStale.REFUSE), Set.of(BudgetConfiguration.LIMITS));
        append(replica, lenient, set(WhenStale.ADMIT), Set.of(BudgetConfiguration.LIMITS));
        var admitted = decided(replica, lenient);
        var asked = decided(replica, strict);
        var spent = append(replica, strict, usage(), Set.of());
        append(replica, lenient, usage(), Set.of());
        var spentAt = Instant.now();
        await("what came is older than a second").atMost(SOON).until(() -> Instant.now()
                .isAfter(spentAt.plusMillis(1_100)));
        arrives.complete(null);

        assertThat(admitted.get(60, TimeUnit.SECONDS).made()).isNotNull();
        var failure = catchThrowable(() -> asked.get(60, TimeUnit.SECONDS));
        assertThat(failure).cause().isInstanceOf(Refused.class);
        return new Came(((Refused) failure.getCause()).refusal(), spent);
    }

    /** Decided, and on its way to the log. Asked for again while nobody knows what was spent. */
    private CompletableFuture<Outcome> decided(Replica replica, String organization) {
        var before = onTheWay.get();
        var asked = new AtomicReference<>(reserve(replica, organization));
        await("it is decided").atMost(SOON).pollDelay(Duration.ZERO).until(() -> {
            if (asked.get().isCompletedExceptionally()) {
                asked.set(reserve(replica, organization));
            }
            return onTheWay.get() > before;
        });
        return asked.get();
    }

    /** The log, to which decisions come only when they are let. */
    private EventLog slow(EventLog log) {
        return (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(), new Class<?>[] {EventLog.class}, (proxy, method, arguments) -> {
                    try {
                        var answer = method.invoke(log, arguments);
                        if (arguments != null && arguments[arguments.length - 1] instanceof AppendCondition) {
                            onTheWay.incrementAndGet();
                            var arrival = arrives;
                            return Uni.createFrom()
                                    .completionStage(() -> arrival)
                                    .chain(() -> (Uni<?>) answer);
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private static CompletableFuture<Outcome> reserve(Replica replica, String organization) {
        var command = new ReserveSpend(
                UUID.randomUUID().toString(),
                Money.of("5"),
                Call.of(Map.of()),
                "any",
                "key",
                Instant.now(),
                Duration.ofSeconds(300),
                false);
        return replica.handler().handle(organization, command).subscribeAsCompletionStage();
    }

    private static Object usage() {
        return SpendingProcess.usage("s-ada", Instant.now(), Money.of("8"), null);
    }

    private static BudgetSet set(WhenStale whenStale) {
        return new BudgetSet("b", 1, definition(whenStale), "key", "key", Instant.now());
    }

    private static BudgetDefinition definition(WhenStale whenStale) {
        return Given.budget(Type.ANNUAL)
                .of("10")
                .from(LocalDate.now().toString())
                .at(new Threshold(new BigDecimal("100"), Action.BLOCK, List.of()))
                .whenStale(whenStale);
    }

    private static Position append(Replica replica, String organization, Object payload, Set<Tag> tags) {
        var event = replica.types().encode(UUID.randomUUID().toString(), Instant.now(), payload, Map.of(), tags);
        return replica.log()
                .append(organization, List.of(event))
                .await()
                .atMost(SOON)
                .position();
    }
}
