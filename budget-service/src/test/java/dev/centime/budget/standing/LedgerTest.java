package dev.centime.budget.standing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.budget.Given;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.budget.limit.Account;
import dev.centime.budget.limit.Call;
import dev.centime.budget.limit.Periods;
import dev.centime.contracts.BudgetDefinition.Type;
import dev.centime.contracts.BudgetDeleted;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.LogUnavailable;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Call ANY = Call.of(Map.of());

    private final Ledger ledger = new Ledger(new Position(1, 3, 10));

    @Test
    void whatComesWhileTheViewIsRead_isFoldedInAfterwards_andOnlyWhatTheViewDidNotHave() {
        var unit = unit();
        come(reserved(11, "r-1", "1"), reserved(12, "r-2", "2"));
        assertThat(ledger.loaded(unit, withHeld("r-1", "1"), 11)).isTrue();
        assertThat(reserved()).isEqualTo(Money.of("3"));
        come(event(13, new ReservationReleased("r-1", "key", NOW)));
        assertThat(reserved()).isEqualTo(Money.of("2"));
    }

    @Test
    void aViewThatIsAhead_isWaitedFor_untilEverybodyIsThere() {
        var unit = unit();
        assertThat(ledger.loaded(unit, withHeld("r-1", "1"), 12)).isTrue();
        assertThat(ledger.known("o", "")).isNull();
        come(reserved(11, "r-1", "1"));
        assertThat(ledger.known("o", "")).isNull();
        ledger.moved(12);
        assertThat(reserved()).isEqualTo(Money.of("1"));
    }

    @Test
    void aPageThatComesAgainCountsOnce() {
        ledger.loaded(unit(), empty(), 10);
        come(reserved(11, "r-1", "1"));
        come(reserved(11, "r-1", "1"), reserved(12, "r-2", "1"));
        assertThat(reserved()).isEqualTo(Money.of("2"));
    }

    @Test
    void whoBeginsAfterAnEventWasPassedOver_mustBeginFromAViewThatHoldsIt() {
        assertThat(ledger.concerns(reserved(11, "r-1", "1").stored())).isFalse();
        var unit = unit();
        assertThat(ledger.loaded(unit, empty(), 10)).isFalse();
        assertThat(ledger.loaded(unit, withHeld("r-1", "1"), 11)).isTrue();
    }

    @Test
    void aBudgetThatChanges_isReadAgain() {
        ledger.loaded(unit(), empty(), 10);
        assertThat(ledger.known("o", "")).isNotNull();
        come(event(11, new BudgetDeleted("b-1", 2, "key")));
        assertThat(ledger.known("o", "")).isNull();
        var again = unit();
        come(event(12, new BudgetDeleted("b-1", 3, "key")));
        assertThat(ledger.loaded(again, empty(), 11)).isFalse();
        assertThat(ledger.loaded(again, empty(), 12)).isTrue();
        assertThat(ledger.known("o", "")).isNotNull();
    }

    @Test
    void aBudgetThatChangesBeyondAViewThatIsWaitedFor_leavesNobodyWaiting() {
        var unit = unit();
        ledger.loaded(unit, empty(), 12);
        come(event(11, new BudgetDeleted("b-1", 2, "key")));
        assertThat(ledger.unit("o", "", other -> {})).isSameAs(unit);
        come(event(13, new BudgetDeleted("b-1", 3, "key")));
        assertThat(unit.ready().await().atMost(Duration.ofSeconds(60))).isNotNull();
        assertThat(ledger.known("o", "")).isNull();
    }

    @Test
    void whatIsHeldCountsAsWell_whereMemoryIsBounded() {
        ledger.loaded(unit(), empty(), 10);
        assertThat(ledger.known("o", "")).isNotNull();
        var before = ledger.size();
        come(reserved(11, "r-1", "1"), reserved(12, "r-2", "1"));
        assertThat(ledger.size()).isEqualTo(before + 2);
        come(event(13, new ReservationReleased("r-1", "key", NOW)));
        assertThat(ledger.size()).isEqualTo(before + 1);
    }

    @Test
    void whatNobodyAskedForInTheLongestTimeIsForgotten_inWhicheverPartitionItLies() {
        var other = new Ledger(new Position(1, 4, 10));
        var both = List.of(ledger, other);
        for (int i = 0; i < 10; i++) {
            var one = both.get(i % 2);
            one.loaded(one.unit("o-" + i, "", unit -> {}), empty(), 10);
        }
        assertThat(ledger.known("o-0", "")).isNotNull();
        Forgetting.keepBelow(Forgetting.size(both), both);
        assertThat(other.known("o-1", "")).isNotNull();
        Forgetting.keepBelow(Forgetting.size(both) - 1, both);
        assertThat(ledger.known("o-0", "")).isNotNull();
        assertThat(other.known("o-1", "")).isNotNull();
        assertThat(ledger.known("o-2", "")).isNull();
        assertThat(other.known("o-3", "")).isNull();
    }

    @Test
    void whoGivesUpWaitingEndsNobodyElsesWait() {
        var unit = unit();
        unit.ready().subscribe().with(standing -> {}, failure -> {}).cancel();
        ledger.loaded(unit, empty(), 10);
        assertThat(unit.ready().await().atMost(Duration.ofSeconds(60))).isNotNull();
    }

    @Test
    void whoComesToALogThatHasEnded_isToldSo() {
        ledger.end();
        assertThatThrownBy(() -> unit().ready().await().atMost(Duration.ofSeconds(60)))
                .isInstanceOf(LogUnavailable.class);
    }

    private Unit unit() {
        return ledger.unit("o", "", unit -> {});
    }

    private Money reserved() {
        var uses = ledger.at("o", Set.of(""), Duration.ZERO, moment -> moment.uses(ANY, NOW));
        return uses.getFirst().reserved();
    }

    private void come(Event... page) {
        ledger.events(List.of(page));
    }

    private static Standing empty() {
        return standing(Map.of());
    }

    private static Standing withHeld(String id, String amount) {
        return standing(Map.of(id, new Standing.Held(Money.of(amount), ANY)));
    }

    private static Standing standing(Map<String, Standing.Held> open) {
        var definition = Given.budget(Type.MONTHLY).named("n");
        return new Standing("", false, List.of(new Account("b-1", definition, new Periods(definition), null)), open);
    }

    private static Event reserved(long offset, String id, String amount) {
        return event(
                offset,
                new SpendReserved(
                        id, Money.of(amount), Map.of(), "asked", "key", NOW, NOW.plusSeconds(300), 1, List.of()));
    }

    private static Event event(long offset, Object payload) {
        return new Event(
                new StoredEvent(3, offset, "e-" + offset, "t", 1, NOW, NOW, "o", new byte[0], Map.of()), payload);
    }
}
