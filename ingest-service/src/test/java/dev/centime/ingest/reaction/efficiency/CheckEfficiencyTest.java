package dev.centime.ingest.reaction.efficiency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Organization;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.TestViews;
import dev.centime.kit.Period;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A month that wastes much, or asks large models for nearly all, is an alert once: whoever looks and however often. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CheckEfficiencyTest {
    /** Three quarters of an hour beside the hour: its month begins when nobody else's does. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Kathmandu");

    @Inject
    TestOrganizations organizations;

    @Inject
    EfficiencyChecks checks;

    @Inject
    CheckEfficiency check;

    @Inject
    MeterRegistry registry;

    @Inject
    TestViews views;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    private String organization;
    private Api api;
    private long begun;

    @BeforeEach
    void anOrganization() {
        organization = "org-" + UUID.randomUUID().toString().substring(0, 8);
        organizations.put(
                new Organization(organization, organization, ZONE, DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 365));
        api = new Api(TestTokens.orgAdminToken(organization));
        // Others' events before it may be many.
        begun = log.head(partition()).await().atMost(Duration.ofSeconds(60));
    }

    @Test
    void waste_isAnAlertOnce_throughRestartsRebuildsAndReplicas() {
        var raisedBefore = registry.get("centime.efficiency.alerts")
                .tag("kind", "waste")
                .counter()
                .count();
        record(0, 20, "haiku", i -> i < 3 ? "same" : "t" + i, "1");
        lookTogether();
        assertThat(alerts()).isEmpty();

        // 2 of 20 were wasted, now 5 of 23.
        record(20, 23, "haiku", i -> "same", "1");
        lookTogether();
        assertThat(alerts()).extracting(AlertRaised::kind).containsExactly("waste");
        var alert = alerts().getFirst();
        var month = YearMonth.now(ZONE);
        assertThat(alert.severity()).isEqualTo("warning");
        assertThat(alert.entity()).isEqualTo("waste/" + month);
        assertThat(alert.link())
                .isEqualTo(
                        "/api/v1/costs/efficiency?start_date=" + month.atDay(1) + "&end_date=" + month.atEndOfMonth());
        assertThat(alert.subject()).isNull();
        assertThat(alert.message())
                .contains("OPTIMIZE: Waste exceeds 15%", "21.7% of $23.00", "Redundant tasks: 5, $5.00");
        assertThat(alert.details().get("waste_cost").asText()).isEqualTo("5");
        assertThat(alert.details().get("period_start").asText())
                .isEqualTo(month.atDay(1).toString());
        assertThat(alert.details().at("/redundant_tasks/tasks").asLong()).isEqualTo(5);

        record(23, 60, "haiku", i -> "t" + i, "1");
        lookTogether();
        record(60, 90, "haiku", i -> "same", "1");
        views.rebuild("calls");
        lookTogether();
        assertThat(alerts()).hasSize(1);
        assertThat(registry.get("centime.efficiency.alerts")
                        .tag("kind", "waste")
                        .counter()
                        .count())
                .isGreaterThanOrEqualTo(raisedBefore + 1);
    }

    @Test
    void nearlyAllTasksOfLargerModels_areAnAlertOnce() {
        record(0, 6, "haiku", i -> "t" + i, "1");
        record(6, 13, "sonnet", i -> "t" + i, "1");
        record(13, 20, "opus", i -> "t" + i, "1");
        lookTogether();
        assertThat(alerts()).as("70% of them").isEmpty();

        record(20, 21, "opus", i -> "t" + i, null);
        lookTogether();
        lookTogether();
        assertThat(alerts()).extracting(AlertRaised::kind).containsExactly("model-imbalance");
        assertThat(alerts().getFirst().severity()).isEqualTo("info");
        assertThat(alerts().getFirst().message()).contains("SUGGEST: Consider more Haiku usage", "71.4% of 21 tasks");
    }

    @Test
    void fewTasks_andThoseOfOtherMonths_areNone() {
        record(0, 19, "sonnet", i -> "same", "1");
        api.record(IntStream.range(0, 40)
                .mapToObj(i ->
                        call("old" + i, ZonedDateTime.now(ZONE).minusMonths(2).toInstant(), "sonnet", "same", "1"))
                .collect(Collectors.joining(",", "[", "]")));
        lookTogether();

        assertThat(api.get("/costs/efficiency?period=month")
                        .at("/alerts/2/triggered")
                        .asBoolean())
                .isTrue();
        assertThat(alerts()).isEmpty();
    }

    @Test
    void oneWhoIsTaken_isNotTakenByAnother_untilThePauseIsOver() {
        record(0, 1, "haiku", i -> "t", "1");
        api.get("/costs/efficiency");
        var taken = taken(Duration.ZERO);
        assertThat(taken).hasSize(1);
        assertThat(taken(Duration.ofHours(1))).isEmpty();
        // Whoever took it is gone.
        assertThat(taken(Duration.ZERO)).hasSize(1);
        // Others' calls may lie in the same partition, and make it grow.
        var far = new EfficiencyChecks.Taken(taken.getFirst().partition(), organization, Long.MAX_VALUE);
        checks.end(far).await().atMost(Duration.ofSeconds(60));
        assertThat(taken(Duration.ZERO)).isEmpty();
    }

    @Test
    void whereCallsAreKeptForLessThanAMonth_theDaysOfWhichTheyAreKeptCount() {
        var kept = new Organization(organization, organization, ZONE, DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 7);

        assertThat(CheckEfficiency.months(kept, Instant.parse("2026-06-20T12:00:00Z")))
                .containsExactly(new Period(LocalDate.of(2026, 6, 13), LocalDate.of(2026, 6, 20), ZONE));
        assertThat(CheckEfficiency.months(kept, Instant.parse("2026-06-01T12:00:00Z")))
                .containsExactly(
                        new Period(LocalDate.of(2026, 5, 25), LocalDate.of(2026, 5, 31), ZONE),
                        new Period(LocalDate.of(2026, 6, 1), LocalDate.of(2026, 6, 1), ZONE));
    }

    private List<EfficiencyChecks.Taken> taken(Duration pause) {
        return checks.take(pause, 10_000).await().atMost(Duration.ofSeconds(60)).stream()
                .filter(taken -> taken.organization().equals(organization))
                .toList();
    }

    /** Two replicas at once, each of which believes that it is its turn. */
    private void lookTogether() {
        api.get("/costs/efficiency");
        var looks = Stream.generate(() -> CompletableFuture.runAsync(this::look, Thread::startVirtualThread))
                .limit(2)
                .toList();
        looks.forEach(CompletableFuture::join);
    }

    private void look() {
        taken(Duration.ZERO)
                .forEach(taken ->
                        check.of(taken).chain(() -> checks.end(taken)).await().atMost(Duration.ofSeconds(60)));
    }

    private int partition() {
        return log.partitionOf(organization).await().atMost(Duration.ofSeconds(60));
    }

    private List<AlertRaised> alerts() {
        return log
                .read(partition(), begun, 10_000, types.namesOf(Set.of(AlertRaised.class)))
                .await()
                .atMost(Duration.ofSeconds(60))
                .events()
                .stream()
                .filter(event -> event.organization().equals(organization))
                .flatMap(event -> types.decode(event).stream())
                .map(AlertRaised.class::cast)
                .toList();
    }

    private void record(int from, int until, String model, IntFunction<String> task, String cost) {
        var now = Instant.now();
        api.record(IntStream.range(from, until)
                .mapToObj(i -> call("c" + i, now, model, task.apply(i), cost))
                .collect(Collectors.joining(",", "[", "]")));
    }

    private static String call(String id, Instant at, String model, String task, String cost) {
        return """
                {"id": "%s", "timestamp": "%s", "provider": "acme", "model": "%s", "input_tokens": 100, "reported_cost": %s,
                 "tags": {"task": "%s"}}""".formatted(id, at, model, cost, task);
    }
}
