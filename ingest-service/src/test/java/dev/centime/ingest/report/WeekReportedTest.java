package dev.centime.ingest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.contracts.Money;
import dev.centime.contracts.Organization;
import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeekReported.Top;
import dev.centime.contracts.WeeklyReportDue;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.event.DetailExpired;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.MonthDay;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is told of a week when somebody is to be told. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class WeekReportedTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final LocalDate MONDAY = LocalDate.of(2025, 11, 10);

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    @Test
    void aWeekIsToldOnce_byTheOrganizationsDays_besideTheOneBefore() {
        var organization = organizations.create("Asia/Kathmandu");
        var api = new Api(TestTokens.orgAdminToken(organization));
        // Midnight in Kathmandu is 18:15 of the day before.
        call(api, "2025-11-09T18:14:59Z", "a", "ann", "4");
        call(api, "2025-11-09T18:15:00Z", "a", "ann", "1");
        call(api, "2025-11-16T18:14:59Z", "b", "bob", "2.5");
        call(api, "2025-11-16T18:15:00Z", "b", "bob", "100");
        api.record("{\"timestamp\": \"2025-11-11T00:00:00Z\", \"provider\": \"acme\", \"model\": \"priceless\","
                + " \"input_tokens\": 5}");

        ask(organization);
        ask(organization);
        ask(organization, MONDAY.plusWeeks(1));

        await().atMost(SOON).until(() -> reported(organization).size() == 2);
        var week = reported(organization).getFirst();
        assertThat(week.start()).isEqualTo(MONDAY);
        assertThat(week.totalCost()).isEqualTo(Money.of("3.5"));
        assertThat(week.requests()).isEqualTo(3);
        assertThat(week.unpricedRequests()).isEqualTo(1);
        assertThat(week.previousTotalCost()).isEqualTo(Money.of("4"));
        assertThat(week.previousRequests()).isEqualTo(1);
        assertThat(week.days()).hasSize(7);
        assertThat(week.days().getFirst().totalCost()).isEqualTo(Money.of("1"));
        assertThat(week.days().getLast().totalCost()).isEqualTo(Money.of("2.5"));
        assertThat(of(week, "model"))
                .extracting(Top::key, Top::totalCost, Top::previousTotalCost)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("b", Money.of("2.5"), Money.ZERO),
                        org.assertj.core.groups.Tuple.tuple("a", Money.of("1"), Money.of("4")),
                        org.assertj.core.groups.Tuple.tuple("priceless", Money.ZERO, Money.ZERO));
        // Persons by their ids, never by name.
        assertThat(of(week, "user")).hasSize(3).extracting(Top::key).doesNotContain("ann", "bob");
        assertThat(reported(organization).getLast().totalCost()).isEqualTo(Money.of("100"));
    }

    /** A report is of sums: it comes where calls are kept for a day, and the one after it, too. */
    @Test
    void aWeekWhoseCallsHaveExpired_isTold() {
        var organization = organizations.create("Asia/Kathmandu");
        organizations.change(new Organization(
                organization, organization, ZoneId.of("Asia/Kathmandu"), DayOfWeek.MONDAY, MonthDay.of(1, 1), true, 1));
        var api = new Api(TestTokens.orgAdminToken(organization));
        // Both on the day of UTC in which the week before ends in Kathmandu.
        call(api, "2025-11-09T18:14:59Z", "a", "ann", "4");
        call(api, "2025-11-09T18:15:00Z", "a", "ann", "1");
        call(api, "2025-11-16T18:15:00Z", "b", "bob", "100");
        expire(organization, "2025-11-30T00:00:00Z");
        api.response("/usage?start_date=2025-11-10&end_date=2025-11-16").then().statusCode(400);

        ask(organization);
        ask(organization, MONDAY.plusWeeks(1));

        await().atMost(SOON).until(() -> reported(organization).size() == 2);
        var week = reported(organization).getFirst();
        assertThat(week.totalCost()).isEqualTo(Money.of("1"));
        assertThat(week.previousTotalCost()).isEqualTo(Money.of("4"));
        assertThat(week.days().getFirst().totalCost()).isEqualTo(Money.of("1"));
        assertThat(of(week, "user")).extracting(Top::previousTotalCost).containsExactly(Money.of("4"));
        assertThat(reported(organization).getLast().totalCost()).isEqualTo(Money.of("100"));
    }

    private void expire(String organization, String before) {
        var now = Instant.now();
        var expired = new DetailExpired(Instant.parse(before), 1, true, now.plus(Duration.ofDays(1)));
        var event = types.encode(UUID.randomUUID().toString(), now, expired, Map.of("actor", "test"), Set.of());
        log.append(organization, List.of(event)).await().atMost(SOON);
        organizations.settle(organization);
    }

    @Test
    void whatIndividualsDid_isNotTold_whereItIsNotShown() {
        var organization = organizations.create("UTC", false);
        call(new Api(TestTokens.orgAdminToken(organization)), "2025-11-11T12:00:00Z", "a", "ann", "1");

        ask(organization);

        await().atMost(SOON).until(() -> reported(organization).size() == 1);
        assertThat(reported(organization).getFirst().top())
                .extracting(Top::dimension)
                .containsExactly("model", "project");
    }

    @Test
    void aWeekWithoutCalls_isToldToo() {
        var organization = organizations.create("UTC");

        ask(organization);

        await().atMost(SOON).until(() -> reported(organization).size() == 1);
        assertThat(reported(organization).getFirst().totalCost()).isEqualTo(Money.ZERO);
        assertThat(reported(organization).getFirst().top()).isEmpty();
    }

    private static List<Top> of(WeekReported week, String dimension) {
        return week.top().stream()
                .filter(top -> top.dimension().equals(dimension))
                .toList();
    }

    private static void call(Api api, String at, String model, String user, String cost) {
        api.record("""
                {"timestamp": "%s", "provider": "acme", "model": "%s", "user": "%s", "reported_cost": "%s"}
                """.formatted(at, model, user, cost));
    }

    private void ask(String organization) {
        ask(organization, MONDAY);
    }

    private void ask(String organization, LocalDate monday) {
        var now = Instant.now();
        var due = new WeeklyReportDue(monday, monday.plusDays(6), now, now.plus(Duration.ofDays(7)));
        var event = types.encode(UUID.randomUUID().toString(), now, due, Map.of("actor", "test"), Set.of());
        log.append(organization, List.of(event)).await().atMost(SOON);
    }

    private List<WeekReported> reported(String organization) {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var found = new ArrayList<WeekReported>();
        long from = 0;
        while (true) {
            var page = log.read(partition, from, 1000).await().atMost(SOON);
            page.stream()
                    .filter(stored -> stored.organization().equals(organization))
                    .forEach(stored -> types.decode(stored)
                            .filter(WeekReported.class::isInstance)
                            .map(WeekReported.class::cast)
                            .ifPresent(found::add));
            if (page.size() < 1000) {
                return found;
            }
            from = page.getLast().offset();
        }
    }
}
