package dev.centime.ingest.view.costs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.Organization;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.TestViews;
import dev.centime.ingest.command.correctusage.CorrectUsage;
import dev.centime.ingest.command.correctusage.CorrectUsageHandler;
import dev.centime.ingest.view.costs.Recount.Call;
import dev.centime.ingest.view.costs.Recount.Compared;
import dev.centime.ingest.view.costs.Recount.Rate;
import dev.centime.ingest.view.costs.Recount.Sum;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the calls, the zone and the order of arrival: every figure equals a recount of the calls, to the last digit. Calls come late
 * and twice, prices come after them and change; the days are those on which clocks change.
 */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CostsRecountTest {
    private static final int CALLS = 300;

    private static final Map<String, Function<Call, @Nullable String>> DIMENSIONS = Map.of(
            "provider", call -> "acme",
            "model", Call::model,
            "project", Call::project,
            "experiment", Call::experiment,
            "user", Call::user,
            "session", Call::session,
            "operation", Call::operation,
            "run", Call::run,
            "tag.team", Call::team);

    @Inject
    TestOrganizations organizations;

    @Inject
    TestViews views;

    @Inject
    CorrectUsageHandler corrections;

    private final Recount recount = new Recount();
    private Random random;
    private ZoneId zone;
    private String organization;
    private Api api;
    private Api admin;

    @ParameterizedTest
    @CsvSource({
        "UTC, 2025-10-26",
        "Asia/Kolkata, 2025-10-26",
        "Asia/Kathmandu, 2025-12-31",
        "America/New_York, 2025-11-02",
        "America/New_York, 2025-03-09",
        "Australia/Lord_Howe, 2025-10-05",
        "America/Santiago, 2025-09-07"
    })
    void equalsARecount(String zoneName, LocalDate around) {
        var seed = new Random().nextLong();
        try {
            begin(seed, zoneName);
            var first = around.minusDays(4);
            setPrice("alpha", LocalDate.of(2025, 1, 1), "3", "15");
            var recorded = calls(first, CALLS);
            send(recorded);
            correct(recorded.subList(0, 30));
            awaitTotal(
                    "start_date=" + first.minusDays(1) + "&end_date=" + first.plusDays(9), recount.total(call -> true));
            var then = answers(first, "");
            var asOf = "&as_of=" + Instant.now();
            setPrice("beta", around, "0.125", "0.5");
            setPrice("alpha", around.plusDays(1), "1.000000001", "7");
            setPrice("alpha", around.plusDays(1), "2.000000003", "8");
            admin.post(
                    "/pricing/reprice",
                    organization,
                    "{\"start_date\": \"%s\", \"reason\": \"new prices\", \"dry_run\": false}"
                            .formatted(first.minusDays(2)));
            send(calls(first, CALLS / 3));
            correct(recorded.subList(20, 50));
            compareAll(first, around.plusDays(4));
            answers(first, asOf)
                    .forEach((path, answer) -> assertThat(answer).as(path).isEqualTo(then.get(path)));
        } catch (AssertionError e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }

    @Test
    void equalsARecount_afterARebuild() {
        begin(17, "Asia/Kolkata");
        setPrice("alpha", LocalDate.of(2025, 1, 1), "3", "15");
        var first = LocalDate.of(2025, 5, 1);
        send(calls(first, CALLS));
        setPrice("beta", LocalDate.of(2025, 1, 1), "0.125", "0.5");
        var period = "start_date=2025-04-30&end_date=2025-05-09";
        awaitTotal(period, recount.total(call -> true));

        views.rebuild("cost-cells", "calls");

        compareAll(first, first.plusDays(8));
    }

    @Test
    void equalsARecount_afterTheOrganizationMoved() {
        begin(23, "America/New_York");
        setPrice("alpha", LocalDate.of(2025, 1, 1), "3", "15");
        var first = LocalDate.of(2025, 4, 1);
        send(calls(first, CALLS / 3));
        awaitTotal("start_date=2025-03-31&end_date=2025-04-11", recount.total(call -> true));

        zone = ZoneId.of("Australia/Lord_Howe");
        organizations.change(new Organization(
                organization,
                organization,
                zone,
                DayOfWeek.MONDAY,
                MonthDay.of(1, 1),
                true,
                TestOrganizations.KEPT_DAYS));

        // Half an hour is taken from the summer on the sixth.
        compareWithin(first, first.plusDays(8));
        compareBesides(first, first.plusDays(8));
    }

    /** The calendar's own days: its week begins on Sunday and its year in April. */
    @ParameterizedTest
    @ValueSource(strings = {"UTC", "Asia/Kathmandu", "America/New_York"})
    void aSummaryEqualsARecount(String zoneName) {
        var seed = new Random().nextLong();
        try {
            begin(seed, zoneName, DayOfWeek.SUNDAY, MonthDay.of(4, 1));
            setPrice("alpha", LocalDate.of(2020, 1, 1), "3", "15");
            setPrice("beta", LocalDate.of(2020, 1, 1), "0.125", "0.5");
            var today = LocalDate.now(zone);
            for (int i = 0; i < 80; i++) {
                send(calls(today.minusDays(9L * i + 8), 9));
            }
            awaitTotal("days=1000", recount.total(call -> !day(call).isAfter(today)));
            new RecountedEndpoints(api, recount, zone).summary(today, DayOfWeek.SUNDAY, MonthDay.of(4, 1));
        } catch (AssertionError e) {
            throw new AssertionError("with seed " + seed, e);
        }
    }

    private void begin(long seed, String zoneName) {
        begin(seed, zoneName, DayOfWeek.MONDAY, MonthDay.of(1, 1));
    }

    private void begin(long seed, String zoneName, DayOfWeek weekStartsOn, MonthDay fiscalYearStart) {
        random = new Random(seed);
        zone = ZoneId.of(zoneName);
        organization = "org-" + UUID.randomUUID().toString().substring(0, 8);
        organizations.put(new Organization(
                organization, organization, zone, weekStartsOn, fiscalYearStart, true, TestOrganizations.KEPT_DAYS));
        api = new Api(TestTokens.orgAdminToken(organization));
        admin = new Api(TestTokens.platformAdminToken(organization));
    }

    private void setPrice(String model, LocalDate from, String input, String output) {
        var response = admin.setPrice(organization, """
                {"provider": "acme", "model_name": "%s", "input_price": "%s", "output_price": %s, "effective_date": "%s"}
                """.formatted(model, input, output, from));
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(201);
        recount.rate(
                model,
                new Rate(
                        from.atStartOfDay(ZoneId.of("UTC")).toInstant(),
                        new BigDecimal(input),
                        new BigDecimal(output)));
    }

    /** Nine days of calls, many of them at the very edges of hours and days. */
    private List<Call> calls(LocalDate first, int count) {
        var calls = new ArrayList<Call>();
        for (int i = 0; i < count; i++) {
            calls.add(new Call(
                    "c" + random.nextInt(10 * CALLS),
                    moment(first),
                    pick("alpha", "beta", "gamma"),
                    pick("web", "app", null),
                    pick("chat", null),
                    pick("ann", "bob", "eve", null),
                    pick("s1", "s2", "s3", null),
                    pick("r1", "r2", "r3", null),
                    pick("new", null),
                    pick("red", "blue", null),
                    tokens(),
                    random.nextLong(100_000),
                    random.nextInt(10) == 0,
                    random.nextInt(3) == 0 ? null : dollars(),
                    random.nextInt(3) == 0 ? dollars() : null));
        }
        return calls;
    }

    /** Now and then none, or far too many. */
    private long tokens() {
        return switch (random.nextInt(40)) {
            case 0, 1, 2, 3, 4, 5, 6, 7 -> 0;
            case 8 -> 40_000_000 + random.nextLong(1_000_000);
            default -> 200_000 + random.nextLong(800_000);
        };
    }

    private BigDecimal dollars() {
        return BigDecimal.valueOf(random.nextLong(300_000_000), 8);
    }

    private Instant moment(LocalDate first) {
        var start = first.atStartOfDay(zone).toInstant();
        var at = start.plusSeconds(random.nextLong(Duration.ofDays(9).toSeconds()));
        return switch (random.nextInt(4)) {
            case 0 -> at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
            case 1 -> at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
            case 2 ->
                at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant().minusNanos(1000);
            default -> at;
        };
    }

    @SafeVarargs
    private final <T> T pick(T... values) {
        return values[random.nextInt(values.length)];
    }

    private void send(List<Call> calls) {
        for (int from = 0; from < calls.size(); from += 70) {
            var batch = calls.subList(from, Math.min(from + 70, calls.size()));
            api.record(batch.stream().map(Call::json).collect(Collectors.joining(",", "[", "]")));
            batch.forEach(recount::add);
        }
    }

    /** Their source tells of more tokens. */
    private void correct(List<Call> calls) {
        var larger = calls.stream()
                .map(Call::id)
                .distinct()
                .map(id -> recount.correct(id, random.nextLong(1, 1_000_000), random.nextLong(100_000)))
                .map(call -> new CorrectUsage(call.id(), Tokens.of(call.input(), call.output()), Map.of(), 1, null))
                .toList();
        corrections.correct(organization, "api", larger, Map.of()).await().atMost(Duration.ofSeconds(60));
    }

    private void awaitTotal(String period, Sum total) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var answer = api.get("/costs/breakdown?dimension=model&" + period);
            assertThat(new BigDecimal(answer.get("total_cost").asText())).isEqualByComparingTo(total.cost());
            assertThat(answer.get("requests").asLong()).isEqualTo(total.requests());
            assertThat(answer.get("unpriced_requests").asLong()).isEqualTo(total.unpriced());
        });
        organizations.settle(organization);
    }

    private void compareAll(LocalDate first, LocalDate last) {
        compareWithin(first, last);
        compareWithin(first.plusDays(2), first.plusDays(2));
        compareWithin(first.plusDays(3), last.minusDays(2));
        compareBesides(first.plusDays(3), last);
    }

    /** What sets periods beside each other, and what one filter alone is answered from. */
    private void compareBesides(LocalDate first, LocalDate last) {
        Predicate<Call> within =
                call -> !day(call).isBefore(first) && !day(call).isAfter(last);
        compareFilters("start_date=" + first + "&end_date=" + last, within);
        var endpoints = new RecountedEndpoints(api, recount, zone);
        DIMENSIONS.forEach((dimension, key) -> endpoints.analysis(first, last, dimension, key));
        endpoints.trends(first, last, "", call -> true);
        endpoints.trends(first, last, "&tag.team=red", call -> "red".equals(call.team()));
        endpoints.trends(first, last, "&user=ann", call -> "ann".equals(call.user()));
    }

    private void compareWithin(LocalDate first, LocalDate last) {
        var period = "start_date=" + first + "&end_date=" + last;
        Predicate<Call> within =
                call -> !day(call).isBefore(first) && !day(call).isAfter(last);
        awaitTotal(period, recount.total(within));
        compare(period, within, "model", Call::model);
        compare(period, within, "project", Call::project);
        compare(period, within, "operation", Call::operation);
        compare(period, within, "user", Call::user);
        compare(period, within, "session", Call::session);
        compare(period, within, "tag.team", Call::team);
        compare(period, within, "hour", call -> local(call)
                .format(DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH':00'")));
        compare(period, within, "day", call -> day(call).toString());
        compare(period, within, "week", CostsRecountTest.this::week);
        compare(period, within, "month", call -> local(call).format(DateTimeFormatter.ofPattern("uuuu-MM")));
        compare(
                period + "&user=ann&user=bob",
                within.and(call -> "ann".equals(call.user()) || "bob".equals(call.user())),
                "day",
                call -> day(call).toString());
        compare(
                period + "&project=web&model=alpha",
                within.and(call -> "web".equals(call.project()) && call.model().equals("alpha")),
                "user",
                Call::user);
        compare(
                period + "&session=s1&tag.team=red",
                within.and(call -> "s1".equals(call.session()) && "red".equals(call.team())),
                "model",
                Call::model);
        compare(period + "&user=nobody-ever", call -> false, "model", Call::model);
        compare(period, within, "provider", call -> "acme");
        compare(period, within, "experiment", Call::experiment);
        compare(period, within, "run", Call::run);
        history(period, within, first, last);
        compareBoth(period, within, "run", Call::run);
        compareBoth(period, within, "experiment", Call::experiment);
        compareBoth(period, within, "model", Call::model);
        compareBoth(period, within, "user", Call::user);
        compareBoth(period, within, "session", Call::session);
        compareBoth(period, within, "source", call -> "api");
        compareBoth(period, within, "day", call -> day(call).toString());
        compareBoth(period + "&project=web", within.and(call -> "web".equals(call.project())), "tag.team", Call::team);
        var efficiency = new EfficiencyRecount(api, recount, zone);
        efficiency.compare(period, within);
        efficiency.compare(
                period + "&tag.team=red&user=ann&user=eve",
                within.and(
                        call -> "red".equals(call.team()) && ("ann".equals(call.user()) || "eve".equals(call.user()))));
        compareCalls("/costs/variance", "estimated_cost", period, recount.estimated(within, Call::id));
        compareCalls("/costs/differences", "reported_cost", period, recount.reported(within, Call::id));
    }

    /** One filter alone, by itself and over time, is answered from other sums than two. */
    private void compareFilters(String period, Predicate<Call> within) {
        var filters = Map.<String, Predicate<Call>>of(
                "model=alpha", call -> call.model().equals("alpha"),
                "user=eve", call -> "eve".equals(call.user()),
                "session=s2", call -> "s2".equals(call.session()),
                "run=r1&run=r2", call -> "r1".equals(call.run()) || "r2".equals(call.run()),
                "tag.team=blue", call -> "blue".equals(call.team()),
                "tag.team=blue&experiment=new", call -> "blue".equals(call.team()) && "new".equals(call.experiment()),
                "tag.team=", call -> call.team() == null);
        filters.forEach((filter, covers) -> {
            var query = period + "&" + filter;
            compare(query, within.and(covers), "day", call -> day(call).toString());
            compare(query, within.and(covers), "week", this::week);
            compare(query, within.and(covers), "model", Call::model);
            compare(query, within.and(covers), "run", Call::run);
            compare(query, within.and(covers), "tag.team", Call::team);
        });
    }

    /** Every endpoint by dimensions of every kind. @param more of the query, which is no part of the keys */
    private Map<String, JsonNode> answers(LocalDate first, String more) {
        var period = "&start_date=" + first + "&end_date=" + first.plusDays(8);
        var paths = new ArrayList<String>();
        for (var dimension : List.of("model", "user", "session", "run", "tag.team", "day", "hour")) {
            var asked = "?limit=1000&dimension=" + dimension + period;
            paths.add("/costs/breakdown" + asked);
            paths.add("/costs/breakdown" + asked + "&project=web&tag.team=red");
            paths.add("/costs/variance" + asked);
            paths.add("/costs/differences" + asked);
        }
        for (var dimension : List.of("project", "user", "session", "tag.team")) {
            paths.add("/costs/analysis?group_by=" + dimension + period);
        }
        paths.add("/costs/history?granularity=day" + period);
        paths.add("/costs/history?granularity=week&operation=chat" + period);
        paths.add("/costs/efficiency?" + period.substring(1));
        paths.add("/costs/efficiency?project=web" + period);
        paths.add("/costs/trends?metric=total_cost" + period);
        paths.add("/costs/trends?metric=total_tokens&run=r1" + period);
        return paths.stream().collect(Collectors.toMap(path -> path, path -> api.get(path + more)));
    }

    private void compareBoth(
            String query, Predicate<Call> wanted, String dimension, Function<Call, @Nullable String> key) {
        var named = "?limit=1000&dimension=" + dimension + "&" + query;
        compareSides(
                api.get("/costs/variance" + named),
                List.of("estimated_cost", "actual_cost", "without_estimate"),
                recount.estimated(wanted, key));
        compareSides(
                api.get("/costs/differences" + named),
                List.of("reported_cost", "calculated_cost", "without_report"),
                recount.reported(wanted, key));
    }

    private static void compareSides(JsonNode answer, List<String> names, Map<String, Compared> expected) {
        var shown = new TreeMap<String, Compared>();
        for (var item : answer.get("items")) {
            shown.put(item.get("key").isNull() ? "(none)" : item.get("key").asText(), compared(item, names));
        }
        shown.values().removeIf(Compared.NOTHING::equals);
        assertThat(shown).isEqualTo(expected);
        assertThat(compared(answer.get("total"), names))
                .isEqualTo(expected.values().stream().reduce(Compared.NOTHING, Compared::plus));
    }

    private static Compared compared(JsonNode figures, List<String> names) {
        return new Compared(
                new BigDecimal(figures.get(names.getFirst()).asText()).stripTrailingZeros(),
                new BigDecimal(figures.get(names.get(1)).asText()).stripTrailingZeros(),
                figures.get("compared_requests").asLong(),
                figures.get("unpriced_requests").asLong(),
                figures.get(names.getLast()).asLong());
    }

    /** Single calls, page by page: those that are compared and no others, the farthest apart first. */
    private void compareCalls(String path, String said, String period, Map<String, Compared> expected) {
        var wanted = expected.entrySet().stream()
                .filter(entry -> entry.getValue().both() > 0)
                .sorted(Map.Entry.<String, Compared>comparingByValue(java.util.Comparator.comparing(Compared::distance)
                                .reversed())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(entry -> entry.getKey() + " " + entry.getValue().said().toPlainString())
                .toList();
        var shown = new ArrayList<String>();
        for (var cursor = ""; cursor != null; ) {
            var answer = api.get(path + "?dimension=call&limit=100&" + period + cursor);
            answer.get("items")
                    .forEach(item -> shown.add(
                            item.get("key").asText() + " " + item.get(said).asText()));
            assertThat(answer.at("/total/requests").asLong()).isEqualTo(expected.size());
            cursor = answer.get("next_cursor").isNull()
                    ? null
                    : "&cursor=" + answer.get("next_cursor").asText();
        }
        assertThat(shown).isEqualTo(wanted);
    }

    private void compare(String query, Predicate<Call> wanted, String dimension, Function<Call, @Nullable String> key) {
        var answer = api.get("/costs/breakdown?limit=1000&dimension=" + dimension + "&" + query);
        var expected = recount.by(wanted, key);
        var shown = new TreeMap<String, Sum>();
        for (var item : answer.get("items")) {
            shown.put(item.get("key").isNull() ? "(none)" : item.get("key").asText(), sum(item));
        }
        shown.values().removeIf(Sum.NOTHING::equals);
        assertThat(withoutUnpriced(shown)).as(dimension + " " + query).isEqualTo(withoutUnpriced(expected));
        var total = recount.total(wanted);
        assertThat(new BigDecimal(answer.get("total_cost").asText())).isEqualByComparingTo(total.cost());
        assertThat(answer.get("unpriced_requests").asLong()).isEqualTo(total.unpriced());
    }

    private void history(String period, Predicate<Call> within, LocalDate first, LocalDate last) {
        var answer = api.get("/costs/history?" + period);
        var byDay = recount.by(within, call -> day(call).toString());
        assertThat(answer.get("points")).hasSize((int) ChronoUnit.DAYS.between(first, last) + 1);
        var day = first;
        for (var point : answer.get("points")) {
            assertThat(point.get("date").asText()).isEqualTo(day.toString());
            var sum = byDay.getOrDefault(day.toString(), Sum.NOTHING);
            assertThat(new BigDecimal(point.get("total_cost").asText())).isEqualByComparingTo(sum.cost());
            assertThat(point.get("requests").asLong()).isEqualTo(sum.requests());
            day = day.plusDays(1);
        }
        assertThat(new BigDecimal(answer.get("total_cost").asText()))
                .isEqualByComparingTo(recount.total(within).cost());
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

    /** Items do not say how many of their calls are unpriced, and trailing zeros are no difference. */
    private static Map<String, Sum> withoutUnpriced(Map<String, Sum> sums) {
        var plain = new TreeMap<String, Sum>();
        sums.forEach((key, sum) -> plain.put(
                key,
                new Sum(sum.cost().stripTrailingZeros(), sum.requests(), 0, sum.input(), sum.output(), sum.errors())));
        return plain;
    }

    private LocalDateTime local(Call call) {
        return LocalDateTime.ofInstant(call.at(), zone);
    }

    private LocalDate day(Call call) {
        return local(call).toLocalDate();
    }

    private String week(Call call) {
        var day = day(call);
        return "%d-W%02d".formatted(day.get(IsoFields.WEEK_BASED_YEAR), day.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
    }
}
