package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.view.costs.Recount.Call;
import dev.centime.ingest.view.costs.Recount.Sum;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of analytics equal a recount of the calls; people of two organizations may have one name. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class AnalyticsRecountTest {
    private static final LocalDate FIRST = LocalDate.of(2025, 3, 8);
    private static final LocalDate LAST = LocalDate.of(2025, 3, 10);
    private static final String PERIOD = "start_date=" + FIRST + "&end_date=" + LAST;

    @Inject
    TestOrganizations organizations;

    private final Recount recount = new Recount();
    private Random random;
    private ZoneId zone;

    @ParameterizedTest
    @ValueSource(strings = {"Asia/Kathmandu", "America/New_York"})
    void equalARecount(String zoneName) {
        var seed = new Random().nextLong();
        try {
            random = new Random(seed);
            zone = ZoneId.of(zoneName);
            var organization = organizations.create(zoneName);
            var admin = new Api(TestTokens.orgAdminToken(organization));
            var calls = calls();
            admin.record(json(calls));
            admin.record(json(calls.subList(0, 40)));
            calls.forEach(recount::add);
            var other = new Api(TestTokens.orgAdminToken(organizations.create(zoneName)));
            other.record(json(calls()));

            for (var user : List.of("ann", "bob", "nobody-ever")) {
                user(admin.get("/analytics/user?user=" + user + "&" + PERIOD), user);
                assertThat(new Api(TestTokens.userToken(organization, user)).get("/analytics/user?" + PERIOD))
                        .isEqualTo(admin.get("/analytics/user?user=" + user + "&" + PERIOD));
            }
            admin(admin, "-total_cost");
            admin(admin, "requests");
            admin(admin, "-total_tokens");
        } catch (AssertionError e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }

    @Test
    void theOrderHolds_whileCallsComeInBetweenTwoPages() {
        var admin = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
        for (var user : List.of("a", "b", "c", "d")) {
            admin.record(call(user, "1"));
        }
        var path = "/analytics/admin?limit=2&" + PERIOD;
        var first = admin.get(path);
        admin.record(call("e", "9"));
        admin.record(call("a", "0"));

        var rest = admin.get(path + "&cursor=" + first.get("next_cursor").asText());

        var shown = new ArrayList<String>();
        first.get("items").forEach(item -> shown.add(item.get("key").asText()));
        rest.get("items").forEach(item -> shown.add(item.get("key").asText()));
        assertThat(shown).containsExactlyInAnyOrder("a", "b", "c", "d");
        assertThat(rest.get("next_cursor").isNull()).isTrue();
    }

    @Test
    void overAllOrganizations_thePageIsOfOrganizations() {
        var one = organizations.create("UTC");
        var two = organizations.create("UTC");
        new Api(TestTokens.orgAdminToken(one)).record(call("ann", "5"));
        var second = new Api(TestTokens.orgAdminToken(two));
        second.record(call("ann", "7"));
        second.get("/analytics/admin?" + PERIOD);
        var all = new Api(TestTokens.platformAdminToken("*"));

        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var answer = all.get("/analytics/admin?limit=1000&" + PERIOD);
            assertThat(answer.get("dimension").asText()).isEqualTo("organization");
            assertThat(answer.at("/totals/sessions").isNull()).isTrue();
            assertThat(costs(answer)).containsEntry(one, "5").containsEntry(two, "7");
        });
        all.response("/analytics/user?user=ann").then().statusCode(400);
    }

    private static Map<String, String> costs(JsonNode answer) {
        var costs = new LinkedHashMap<String, String>();
        answer.get("items")
                .forEach(item -> costs.put(
                        item.get("key").asText(), item.get("total_cost").asText()));
        return costs;
    }

    private void user(JsonNode answer, String user) {
        Predicate<Call> his = call -> user.equals(call.user());
        assertThat(answer.get("user").asText()).isEqualTo(user);
        totals(answer.get("all_time"), his, his);
        totals(answer.get("totals"), his.and(this::within), his);
        var models = recount.by(his.and(this::within), Call::model);
        assertThat(answer.get("models")).hasSize(models.size());
        var requests = new ArrayList<Long>();
        answer.get("models").forEach(model -> {
            assertThat(sum(model))
                    .isEqualTo(plain(
                            Objects.requireNonNull(models.get(model.get("key").asText()))));
            requests.add(model.get("requests").asLong());
        });
        assertThat(requests).isSortedAccordingTo((one, other) -> Long.compare(other, one));
        var byDay = recount.by(his.and(this::within), call -> day(call).toString());
        answer.at("/history/points")
                .forEach(point -> assertThat(point.get("requests").asLong())
                        .isEqualTo(byDay.getOrDefault(point.get("date").asText(), Sum.NOTHING)
                                .requests()));
        assertThat(answer.at("/history/points")).hasSize(3);
        assertThat(answer.at("/trend/total").asText())
                .isEqualTo(answer.at("/totals/total_cost").asText());
    }

    private void admin(Api api, String sort) {
        var expected = recount.by(this::within, Call::user);
        var shown = new LinkedHashMap<String, Sum>();
        for (var cursor = ""; cursor != null; ) {
            var answer = api.get("/analytics/admin?limit=2&sort=" + sort + "&" + PERIOD + cursor);
            totals(answer.get("totals"), this::within, call -> true);
            for (var item : answer.get("items")) {
                var user = item.get("key").isNull() ? null : item.get("key").asText();
                assertThat(shown.put(user == null ? "(none)" : user, sum(item))).isNull();
                if (user != null) {
                    sessions(item, call -> user.equals(call.user()) && within(call), call -> user.equals(call.user()));
                }
            }
            cursor = answer.get("next_cursor").isNull()
                    ? null
                    : "&cursor=" + answer.get("next_cursor").asText();
        }
        assertThat(shown)
                .containsExactlyInAnyOrderEntriesOf(expected.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, entry -> plain(entry.getValue()))));
        var costs = shown.values().stream()
                .map(sum -> switch (sort) {
                    case "-total_cost" -> sum.cost().negate();
                    case "requests" -> BigDecimal.valueOf(sum.requests());
                    default -> BigDecimal.valueOf(-sum.input() - sum.output());
                })
                .toList();
        assertThat(costs).isSorted();
    }

    /** @param whole the calls that sessions with one of the others are made of */
    private void totals(JsonNode shown, Predicate<Call> calls, Predicate<Call> whole) {
        assertThat(sum(shown)).isEqualTo(plain(recount.total(calls)));
        sessions(shown, calls, whole);
        var sum = recount.total(calls);
        assertThat(shown.get("unpriced_requests").asLong()).isEqualTo(sum.unpriced());
        average(shown.get("average_cost_per_message"), sum.cost(), sum.requests() - sum.unpriced());
    }

    private void sessions(JsonNode shown, Predicate<Call> calls, Predicate<Call> whole) {
        var met = recount.by(calls.and(call -> call.session() != null), Call::session)
                .keySet();
        assertThat(shown.get("sessions").asLong()).isEqualTo(met.size());
        var cost = recount.total(whole.and(call -> call.session() != null && met.contains(call.session())))
                .cost();
        average(shown.get("average_cost_per_session"), cost, met.size());
    }

    private static void average(JsonNode shown, BigDecimal cost, long count) {
        if (count == 0) {
            assertThat(shown.isNull()).isTrue();
        } else {
            assertThat(new BigDecimal(shown.asText()))
                    .isEqualByComparingTo(cost.divide(BigDecimal.valueOf(count), 12, RoundingMode.HALF_EVEN));
        }
    }

    private static Sum sum(JsonNode item) {
        return new Sum(
                new BigDecimal(item.get("total_cost").asText()).stripTrailingZeros(),
                item.get("requests").asLong(),
                0,
                item.get("input_tokens").asLong(),
                item.get("output_tokens").asLong(),
                item.get("error_count").asLong());
    }

    private static Sum plain(Sum sum) {
        return new Sum(sum.cost().stripTrailingZeros(), sum.requests(), 0, sum.input(), sum.output(), sum.errors());
    }

    private boolean within(Call call) {
        return !day(call).isBefore(FIRST) && !day(call).isAfter(LAST);
    }

    private LocalDate day(Call call) {
        return call.at().atZone(zone).toLocalDate();
    }

    /** A week around the period, sessions of several people among them, whose calls reach out of it. */
    private List<Call> calls() {
        var start = FIRST.minusDays(3).atStartOfDay(zone).toInstant();
        var calls = new ArrayList<Call>();
        for (int i = 0; i < 150; i++) {
            var at = start.plusSeconds(random.nextLong(Duration.ofDays(9).toSeconds()));
            calls.add(new Call(
                    "c" + i,
                    random.nextInt(4) == 0
                            ? at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant()
                            : at,
                    pick("alpha", "beta", "gamma"),
                    null,
                    null,
                    pick("ann", "bob", "eve", null),
                    pick("s1", "s2", "s3", "s4", "s5", "s6", null),
                    null,
                    null,
                    null,
                    random.nextLong(1_000_000),
                    random.nextLong(100_000),
                    random.nextInt(10) == 0,
                    null,
                    random.nextInt(5) == 0 ? null : BigDecimal.valueOf(random.nextLong(300_000_000), 8)));
        }
        return calls;
    }

    @SafeVarargs
    private final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private static String json(List<Call> calls) {
        return calls.stream().map(Call::json).collect(Collectors.joining(",", "[", "]"));
    }

    private static String call(String user, String cost) {
        return """
                {"timestamp": "2025-03-09T12:00:00Z", "provider": "acme", "model": "m", "user": "%s", "reported_cost": "%s"}
                """.formatted(user, cost);
    }
}
