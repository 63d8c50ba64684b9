package dev.centime.budget.view.budgetspend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.centime.budget.Charge;
import dev.centime.budget.Given;
import dev.centime.budget.StandingBudget;
import dev.centime.budget.limit.Periods;
import dev.centime.contracts.BudgetDefinition;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetSet;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** What counts where, and when a threshold is reached: the same however the log is cut into pages. */
class TallyTest {
    private static final Instant SET_AT = Instant.parse("2026-11-01T00:00:00Z");
    private static final Model HAIKU = new Model("anthropic", "claude-haiku", null, null);

    @Test
    void saysWhatARequirementsAlertSays() {
        var crossings = crossings(
                budget(Given.budget(Type.MONTHLY).of("500").named("All")),
                List.of(charge("s-1", "2026-11-16T00:00:00Z", "400")));
        assertThat(crossings).singleElement().satisfies(crossing -> {
            var alert = crossing.alert();
            assertThat(alert.title()).isEqualTo("Budget All has reached 80%");
            assertThat(alert.message())
                    .isEqualTo("Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)\n"
                            + "Projected to exceed budget in 3 days at current rate.");
            assertThat(alert.severity()).isEqualTo("warning");
            assertThat(alert.entity()).isEqualTo("budget/b-1");
            assertThat(alert.subject()).isNull();
            assertThat(alert.details().get("spend").textValue()).isEqualTo("400");
            assertThat(alert.details().get("threshold_percent").textValue()).isEqualTo("80");
        });
    }

    @Test
    void aJumpOverSeveralThresholdsIsACrossingOfEach() {
        var crossings = crossings(
                budget(Given.budget(Type.DAILY).named("n")), List.of(charge("s-1", "2026-11-16T10:00:00Z", "101")));
        assertThat(crossings)
                .extracting(each -> each.threshold().percent().toPlainString())
                .containsExactly("80", "95", "100");
        assertThat(crossings.getLast().alert().message()).endsWith("Exceeded by $1.00.");
    }

    @Test
    void aBudgetOfOnePersonRaisesThatPersonsAlert() {
        var budget = budget(
                Given.budget(Type.DAILY).over(Map.of("user", List.of("s-1"))).named("n"));
        var crossings = crossings(
                budget,
                List.of(charge("s-2", "2026-11-16T10:00:00Z", "500"), charge("s-1", "2026-11-16T10:00:00Z", "80")));
        assertThat(crossings)
                .singleElement()
                .satisfies(each -> assertThat(each.alert().subject()).isEqualTo("s-1"));
    }

    @Test
    void aCallOfAnEarlierWindowMovesThatWindow_andRaisesNothingOlderThanTheBudget() {
        var budget = budget(Given.budget(Type.DAILY).from("2026-10-01").named("n"));
        assertThat(crossings(budget, List.of(charge("s-1", "2026-10-31T10:00:00Z", "90"))))
                .isEmpty();
        assertThat(crossings(budget, List.of(charge("s-1", "2026-11-05T10:00:00Z", "90"))))
                .singleElement()
                .satisfies(each -> assertThat(each.window().start()).isEqualTo(Instant.parse("2026-11-05T00:00:00Z")));
    }

    @Test
    void lateSpendOfAWindowThatRanUnderTheSameMeasure_isTold_whateverElseWasChangedSince() {
        var set = new BudgetSet("b-1", 1, Given.budget(Type.DAILY).named("n"), "key-1", "key-1", SET_AT);
        var first = StandingBudget.after(null, set, storedAt(SET_AT));
        var renamed = new BudgetSet("b-1", 2, Given.budget(Type.DAILY).named("other"), "key-1", "key-1", SET_AT);
        var budget = StandingBudget.after(first, renamed, storedAt(Instant.parse("2026-11-10T00:00:00Z")));
        assertThat(crossings(budget, List.of(charge("s-1", "2026-11-05T10:00:00Z", "90"))))
                .singleElement()
                .satisfies(each -> assertThat(each.window().start()).isEqualTo(Instant.parse("2026-11-05T00:00:00Z")));
        var cheaper =
                new BudgetSet("b-1", 3, Given.budget(Type.DAILY).of("10").named("other"), "key-1", "key-1", SET_AT);
        var measuredAnew = StandingBudget.after(budget, cheaper, storedAt(Instant.parse("2026-11-10T00:00:00Z")));
        assertThat(crossings(measuredAnew, List.of(charge("s-1", "2026-11-05T10:00:00Z", "90"))))
                .isEmpty();
    }

    /** It was minutes when each call looked at all windows before its own. */
    @Test
    void callsOfManyDays_areCountedAgainstABudgetOfManyMore() {
        var budget = budget(Given.budget(Type.DAILY).from("2000-01-01").carrying("50"));
        var charges = IntStream.range(0, 3000)
                .mapToObj(
                        day -> charge("s-1", SET_AT.minusSeconds(86_400L * day).toString(), "140"))
                .toList();
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            var tally = Tally.of(charges, Map.of("o", List.of(budget)));
            assertThat(tally.windows()).hasSize(9802);
            assertThat(tally.crossings(Map.of())).isNotEmpty();
        });
    }

    /** It was minutes when each day was carried over from the first one on. */
    @Test
    void aBudgetSetOverManyDays_isLookedAtInOneGo() {
        var budget = budget(Given.budget(Type.DAILY).from("2000-01-01").carrying("50"));
        var sums = new HashMap<Tally.SpendKey, Amounts>();
        for (int day = 0; day < 9000; day++) {
            var bucket = Instant.parse("2026-11-01T00:00:00Z").minusSeconds(86_400L * day);
            sums.put(new Tally.SpendKey("o", "b-1", "", bucket), new Amounts(Money.of("140"), 1, 0));
        }
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> assertThat(SetBudgets.crossings(budget, sums))
                .extracting(each -> each.window().start())
                .containsOnly(SET_AT));
    }

    @Test
    void aPausedOrSilencedBudgetRaisesNothing() {
        assertThat(crossings(
                        budget(Given.budget(Type.DAILY).quiet().named("n")),
                        List.of(charge("s-1", "2026-11-16T10:00:00Z", "500"))))
                .isEmpty();
    }

    @Test
    void eachSessionHasItsOwnLimit() {
        var budget = budget(Given.budget(Type.SESSION).named("n"));
        var charges =
                List.of(inSession("one", "60"), inSession("two", "60"), inSession("one", "30"), inSession(null, "500"));
        assertThat(crossings(budget, charges)).singleElement().satisfies(each -> assertThat(each.session())
                .isEqualTo("one"));
    }

    @Test
    void theIdOfAnAlertFollowsFromItsCause() {
        var budget = budget(Given.budget(Type.DAILY).named("n"));
        var first = crossings(budget, List.of(charge("s-1", "2026-11-16T10:00:00Z", "85")))
                .getFirst();
        var later = crossings(budget, List.of(charge("s-1", "2026-11-16T20:00:00Z", "90")))
                .getFirst();
        var nextDay = crossings(budget, List.of(charge("s-1", "2026-11-17T10:00:00Z", "85")))
                .getFirst();
        assertThat(later.alertId()).isEqualTo(first.alertId()).isNotEqualTo(nextDay.alertId());
    }

    @Test
    void whatWasLeftRaisesTheLimitOfTheNextWindow() {
        var budget = budget(Given.budget(Type.DAILY).from("2026-11-15").carrying("50"));
        var calls = List.of(
                charge("s-1", "2026-11-15T10:00:00Z", "70"),
                charge("s-1", "2026-11-16T10:00:00Z", "103"),
                charge("s-1", "2026-11-16T11:00:00Z", "1"));
        assertThat(crossings(budget, calls)).singleElement().satisfies(each -> {
            assertThat(each.threshold().percent()).isEqualByComparingTo("80");
            assertThat(each.spend()).isEqualTo(Money.of("104"));
            assertThat(each.limit()).isEqualTo(Money.of("130"));
            assertThat(each.alert().message()).contains("$104.00 of $130.00");
        });
    }

    @Property(tries = 500)
    void pagesMakeNoDifference(
            @ForAll("kinds") BudgetDefinition kind, @ForAll("charges") List<Charge> charges, @ForAll int seed) {
        var budget = budget(kind);
        var whole = new Fold(budget);
        whole.apply(charges);
        var paged = new Fold(budget);
        var random = new java.util.Random(seed);
        for (int from = 0; from < charges.size(); ) {
            int to = Math.min(charges.size(), from + 1 + random.nextInt(4));
            paged.apply(charges.subList(from, to));
            from = to;
        }
        assertThat(paged.crossings).isEqualTo(whole.crossings);
        assertThat(paged.table).isEqualTo(whole.table);
    }

    /** The tables in memory: additions summed by key, crossings kept at their first. */
    private static final class Fold {
        private final StandingBudget budget;
        private final Map<Tally.SpendKey, Amounts> table = new HashMap<>();
        private final Map<String, Crossing> crossings = new HashMap<>();

        Fold(StandingBudget budget) {
            this.budget = budget;
        }

        void apply(List<Charge> page) {
            var tally = Tally.of(page, Map.of("o", List.of(budget)));
            var before = new HashMap<Tally.WindowKey, Money>();
            tally.windows()
                    .forEach(key -> table.forEach((row, amounts) -> {
                        if (row.session().equals(key.account().session())
                                && key.window().contains(row.bucket())) {
                            before.merge(key, amounts.spend(), Money::plus);
                        }
                    }));
            tally.crossings(before).forEach(each -> crossings.putIfAbsent(each.alertId(), each));
            tally.additions().forEach((key, amounts) -> table.merge(key, amounts, Amounts::plus));
        }
    }

    @Provide
    Arbitrary<BudgetDefinition> kinds() {
        return Arbitraries.of(
                Given.budget(Type.DAILY).in("America/New_York").named("n"),
                Given.budget(Type.WEEKLY).in("Asia/Kolkata").named("n"),
                Given.budget(Type.MONTHLY).named("n"),
                Given.budget(Type.SESSION).named("n"),
                Given.budget(Type.DAILY).renewing(false).from("2026-11-03").named("n"),
                Given.budget(Type.CUSTOM).from("2026-11-02").to("2026-11-04").named("n"),
                Given.budget(Type.DAILY).rolling().named("n"),
                Given.budget(Type.WEEKLY).rolling().in("America/New_York").named("n"),
                Given.budget(Type.MONTHLY).rolling().in("America/New_York").named("n"),
                Given.budget(Type.DAILY).from("2026-10-30").carrying("50"));
    }

    /** Late calls, calls of tomorrow, corrections downwards; learned in order. */
    @Provide
    Arbitrary<List<Charge>> charges() {
        var minutesLater = Arbitraries.integers().between(0, 600);
        var minutesOld = Arbitraries.integers().between(-1440, 4320);
        var cents = Arbitraries.integers().between(-2000, 6000);
        var session = Arbitraries.of("one", "two", "");
        return Combinators.combine(minutesLater, minutesOld, cents, session)
                .as(Step::new)
                .list()
                .ofMaxSize(25)
                .map(TallyTest::inOrder);
    }

    private record Step(int minutesLater, int minutesOld, int cents, String session) {}

    private static List<Charge> inOrder(List<Step> steps) {
        var learned = Instant.parse("2026-11-01T12:00:00Z");
        var charges = new java.util.ArrayList<Charge>();
        for (var step : steps) {
            learned = learned.plusSeconds(60L * step.minutesLater);
            charges.add(new Charge(
                    "o",
                    learned.minusSeconds(60L * step.minutesOld),
                    learned,
                    HAIKU,
                    attribution("s-1", step.session.isEmpty() ? null : step.session),
                    new Money(java.math.BigDecimal.valueOf(step.cents, 2)),
                    1,
                    0,
                    null));
        }
        return charges;
    }

    private static List<Crossing> crossings(StandingBudget budget, List<Charge> charges) {
        return List.copyOf(Tally.of(charges, Map.of("o", List.of(budget))).crossings(Map.of()));
    }

    private static StandingBudget budget(BudgetDefinition definition) {
        return new StandingBudget(
                1, "o", "b-1", 1, 1, SET_AT, definition, new Periods(definition), "key-1", SET_AT, SET_AT, null, null);
    }

    private static StoredEvent storedAt(Instant at) {
        return new StoredEvent(1, 1, "e-1", "t", 1, at, at, "o", new byte[0], Map.of());
    }

    private static Charge charge(String subject, String at, String spend) {
        var when = Instant.parse(at);
        return new Charge("o", when, when, HAIKU, attribution(subject, null), Money.of(spend), 1, 0, null);
    }

    private static Charge inSession(String session, String spend) {
        var when = Instant.parse("2026-11-16T10:00:00Z");
        return new Charge("o", when, when, HAIKU, attribution("s-1", session), Money.of(spend), 1, 0, null);
    }

    private static dev.centime.contracts.Attribution attribution(String subject, String session) {
        return new dev.centime.contracts.Attribution(subject, null, null, session, null, null, Map.of());
    }
}
