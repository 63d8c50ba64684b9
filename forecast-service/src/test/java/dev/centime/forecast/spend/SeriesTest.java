package dev.centime.forecast.spend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.contracts.Attribution;
import dev.centime.contracts.Model;
import dev.centime.contracts.Money;
import dev.centime.contracts.Scope;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final Model MODEL = new Model("openai", "gpt-4o", null, null);

    @Test
    void aPlainCallCountsInTheTotalAndTheCube() {
        assertThat(Series.of(MODEL, Attribution.NONE))
                .extracting(Series::grain)
                .containsExactly(Grain.TOTAL, Grain.CUBE);
    }

    @Test
    void aCallWithUserOrTagsCountsInTheFineGrainToo() {
        var byUser = new Attribution("s-1", null, null, null, null, null, Map.of());
        var byTag = new Attribution(null, null, null, null, null, null, Map.of("b", "2", "a", "1"));

        assertThat(Series.of(MODEL, byUser).getLast().subject()).isEqualTo("s-1");
        assertThat(Series.of(MODEL, byTag).getLast().tags()).isEqualTo("{\"a\":\"1\",\"b\":\"2\"}");
    }

    @Test
    void sessionsAndRunsMakeNoSeries() {
        var one = new Attribution(null, "p", null, "session-1", "run-1", null, Map.of());
        var other = new Attribution(null, "p", null, "session-2", "run-2", null, Map.of());

        assertThat(Series.of(MODEL, one)).isEqualTo(Series.of(MODEL, other));
    }

    @Test
    void anIdStandsForItsDimensions_andNothingSlipsFromOneToTheNext() {
        var one = new Attribution(null, "ab", "c", null, null, null, Map.of());
        var other = new Attribution(null, "a", "bc", null, null, null, Map.of());
        var empty = new Attribution(null, "", null, null, null, null, Map.of());

        assertThat(id(one)).isEqualTo(id(one)).isNotEqualTo(id(other));
        assertThat(id(empty)).isNotEqualTo(id(Attribution.NONE));
    }

    @Test
    void theCoarsestGrainThatKnowsAllDimensionsAnswers() {
        assertThat(Grain.of(Scope.ORGANIZATION)).isEqualTo(Grain.TOTAL);
        assertThat(Grain.of(scope("model"))).isEqualTo(Grain.CUBE);
        assertThat(Grain.of(scope("user"))).isEqualTo(Grain.FINE);
        assertThat(Grain.of(scope("tag.team"))).isEqualTo(Grain.FINE);
        assertThatThrownBy(() -> Grain.of(scope("session"))).hasMessageContaining("end");
    }

    @Test
    void historyRunsFromTheFirstCallToTheLastDay_withZerosBetween() {
        var spent = new TreeMap<LocalDate, Money>();
        spent.put(LocalDate.parse("2026-11-10"), Money.of("1.5"));
        spent.put(LocalDate.parse("2026-11-12"), Money.of("-1"));
        spent.put(LocalDate.parse("2026-11-13"), Money.of("9"));
        var days = new SpendDays(spent);

        assertThat(days.until(LocalDate.parse("2026-11-12"))).containsExactly(1.5, 0, 0);
        assertThat(days.until(LocalDate.parse("2026-11-09"))).isEmpty();
        assertThat(SpendDays.NONE.until(LocalDate.parse("2026-11-09"))).isEmpty();
        assertThat(days.between(LocalDate.parse("2026-11-11"), LocalDate.parse("2026-11-13")))
                .isEqualTo(Money.of("8"));
        assertThat(days.between(LocalDate.parse("2026-11-13"), LocalDate.parse("2026-11-11")))
                .isEqualTo(Money.ZERO);
    }

    private static java.util.UUID id(Attribution attribution) {
        return Series.of(MODEL, attribution).get(1).id();
    }

    private static Scope scope(String dimension) {
        return new Scope(Map.of(dimension, List.of("x")));
    }
}
