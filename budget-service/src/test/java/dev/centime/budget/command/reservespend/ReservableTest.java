package dev.centime.budget.command.reservespend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.BudgetRefusal;
import dev.centime.budget.BudgetRefusal.Exceeded;
import dev.centime.budget.BudgetRefusal.Refused;
import dev.centime.budget.BudgetRefusal.TooManyOpen;
import dev.centime.budget.BudgetRefusal.Unsure;
import dev.centime.budget.command.reservespend.Reservable.Open;
import dev.centime.budget.limit.BudgetUse;
import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.Window;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Position;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

class ReservableTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Position HERE = new Position(1, 3, 41);
    private static final Duration FRESH = Duration.ofMillis(3);
    private static final Open NOTHING = new Open(0, id -> false);
    private static final int MANY = 1_000;

    @Test
    void holdsWhatWasAskedFor_andSaysHowItsBudgetsStood() {
        var made = given(blocking("10", "3", "2")).decide(reserve("r-1", "5")).orElseThrow();
        assertThat(made.amount()).isEqualTo(Money.of("5"));
        assertThat(made.expiresAt()).isEqualTo(NOW.plusSeconds(300));
        assertThat(made.spentUpTo()).isEqualTo(41);
        assertThat(made.uses()).containsExactly(blocking("10", "3", "2"));
    }

    @Test
    void refuses_whenSpentReservedAndRequestedAreMoreThanTheLimit() {
        assertThatThrownBy(() -> given(blocking("10", "3", "2")).decide(reserve("r-1", "5.000000000000000001")))
                .isInstanceOf(Refused.class)
                .extracting(thrown -> ((Refused) thrown).refusal(), InstanceOfAssertFactories.type(Exceeded.class))
                .satisfies(refusal -> {
                    assertThat(refusal.stopping()).containsExactly(blocking("10", "3", "2"));
                    assertThat(refusal.upTo()).isEqualTo(HERE);
                });
    }

    @Test
    void refusesEvenACallOfNoCost_whenNothingIsLeft() {
        assertThat(refusal(given(blocking("10", "10", "0")), reserve("r-1", "0")))
                .isInstanceOf(Exceeded.class);
    }

    @Test
    void whatIsDecidedFirstIsNotThereForWhoComesAfter() {
        var reservable = given(blocking("10", "0", "0"));
        assertThat(reservable.decide(reserve("r-1", "6"))).isPresent();
        assertThat(refusal(reservable, reserve("r-2", "5"))).isInstanceOf(Exceeded.class);
        assertThat(reservable.decide(reserve("r-3", "4")).orElseThrow().uses())
                .containsExactly(blocking("10", "0", "6"));
    }

    @Test
    void aBudgetThatOnlyWarnsHoldsItToo_butNeverRefuses() {
        var warning = use("w", "10", null, "50", "0", false);
        assertThat(given(warning).decide(reserve("r-1", "5")).orElseThrow().uses())
                .containsExactly(warning);
    }

    @Test
    void namesAllThatStopIt_ofSeveral() {
        var tight = use("tight", "1", "1", "1", "0", false);
        var roomy = use("roomy", "100", "100", "0", "0", false);
        var tighter = use("tighter", "1", "1", "0.9", "0", false);
        var refusal = (Exceeded) refusal(given(tight, roomy, tighter), reserve("r-1", "0.2"));
        assertThat(refusal.stopping()).containsExactly(tight, tighter);
        assertThat(refusal.all()).containsExactly(tight, roomy, tighter);
    }

    @Test
    void holdsNothingTwice_whenItIsHeldAlready() {
        var held = new Open(1, Set.of("r-1")::contains);
        var reservable = new Reservable(HERE, FRESH, call -> List.of(blocking("10", "10", "0")), held, 1);
        assertThat(reservable.decide(reserve("r-1", "5"))).isEmpty();
        var twice = given(blocking("10", "0", "0"));
        assertThat(twice.decide(reserve("r-2", "6"))).isPresent();
        assertThat(twice.decide(reserve("r-2", "6"))).isEmpty();
    }

    @Test
    void whatIsOlderThanASecond_isRefusedUnlessTheBudgetAdmitsIt() {
        var strict = blocking("10", "0", "0");
        var lenient = use("lenient", "10", "10", "0", "0", true);
        var warning = use("w", "10", null, "0", "0", false);
        assertThat(refusal(aged(Duration.ofMillis(1001), strict), reserve("r-1", "1")))
                .isEqualTo(new Unsure(strict, Duration.ofMillis(1001)));
        assertThat(aged(Duration.ofMillis(1000), strict).decide(reserve("r-1", "1")))
                .isPresent();
        assertThat(aged(Duration.ofMinutes(1), lenient, warning).decide(reserve("r-1", "1")))
                .isPresent();
        assertThat(aged(Duration.ofMinutes(1)).decide(reserve("r-1", "1"))).isPresent();
    }

    @Test
    void whatIsKnownToBeUsedUp_isRefusedHoweverOldItIs() {
        var lenient = use("lenient", "10", "10", "9", "0", true);
        assertThat(refusal(aged(Duration.ofMinutes(1), lenient), reserve("r-1", "1.01")))
                .isInstanceOf(Exceeded.class);
        assertThat(aged(Duration.ofMinutes(1), lenient).decide(reserve("r-1", "1")))
                .isPresent();
    }

    @Test
    void anOrganizationHoldsSoManyAtATime_withThoseOfTheSameRound() {
        var reservable =
                new Reservable(HERE, FRESH, call -> List.of(blocking("10", "0", "0")), new Open(3, id -> false), 5);
        assertThat(reservable.decide(reserve("r-1", "1"))).isPresent();
        assertThat(reservable.decide(reserve("r-2", "1"))).isPresent();
        assertThat(refusal(reservable, reserve("r-3", "1"))).isEqualTo(new TooManyOpen(5));
        assertThat(refusal(reservable, reserve("r-4", "9"))).isInstanceOf(Exceeded.class);
        assertThat(reservable.decide(reserve("r-2", "1"))).isEmpty();
    }

    @Test
    void ofVeryManyBudgetsItNamesThoseThatMustBeKnown_butHoldsAgainstAll() {
        var many = new ArrayList<BudgetUse>();
        for (int i = 0; i < 150; i++) {
            many.add(use("b-" + i, "10", i < 120 ? null : "10", "0", "0", false));
        }
        var reservable = given(many.toArray(BudgetUse[]::new));
        var made = reservable.decide(reserve("r-1", "6")).orElseThrow();
        assertThat(made.uses()).hasSize(50).containsAll(many.subList(120, 150));
        var refused = (Exceeded) refusal(reservable, reserve("r-2", "6"));
        assertThat(refused.stopping()).hasSize(30);
        assertThat(refused.all()).allSatisfy(use -> assertThat(use.reserved()).isEqualTo(Money.of("6")));
    }

    private static BudgetRefusal refusal(Reservable reservable, ReserveSpend command) {
        try {
            reservable.decide(command);
        } catch (Refused refused) {
            return refused.refusal();
        }
        throw new AssertionError("was admitted");
    }

    private static Reservable given(BudgetUse... uses) {
        return aged(FRESH, uses);
    }

    private static Reservable aged(Duration age, BudgetUse... uses) {
        return new Reservable(HERE, age, call -> List.of(uses), NOTHING, MANY);
    }

    private static BudgetUse blocking(String limit, String spent, String reserved) {
        return use("b-1", limit, limit, spent, reserved, false);
    }

    private static BudgetUse use(
            String id, String limit, String blocksAt, String spent, String reserved, boolean admitsWhenStale) {
        return new BudgetUse(
                id,
                id,
                Map.of(),
                null,
                new Window(NOW.minusSeconds(60), NOW.plusSeconds(60)),
                Money.of(limit),
                blocksAt == null ? null : Money.of(blocksAt),
                Money.of(spent),
                Money.of(reserved),
                admitsWhenStale);
    }

    private static ReserveSpend reserve(String id, String amount) {
        return new ReserveSpend(
                id,
                Money.of(amount),
                Call.of(Map.of("model", "m")),
                "asked",
                "key-1",
                NOW,
                Duration.ofSeconds(300),
                false);
    }
}
