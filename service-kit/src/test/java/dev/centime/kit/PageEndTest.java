package dev.centime.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageEndTest {
    @Test
    void givesItsKeysInOrder_eachAsWhatItIs() {
        var end = new PageEnd(List.of("2026-11-22T13:00:00.123456Z", "-7", "0.000001", ""));
        assertThat(end.instant()).isEqualTo(Instant.parse("2026-11-22T13:00:00.123456Z"));
        assertThat(end.number()).isEqualTo(-7);
        assertThat(end.amount()).isEqualByComparingTo(new BigDecimal("0.000001"));
        assertThat(end.text()).isEmpty();
        end.checkAllRead();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-02-30T00:00:00Z", "0000-12-31T00:00:00Z", "+10000-01-01T00:00:00Z"})
    void refusesWhatIsNoInstant_orOneThatADatabaseMayNotKnow(String text) {
        assertRefused(text, PageEnd::instant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.5", "9223372036854775808"})
    void refusesWhatIsNoNumber(String text) {
        assertRefused(text, PageEnd::number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "1e101", "1e-999999999", "1e999999999"})
    void refusesWhatIsNoAmount_orOneOfMoreDigitsThanAnySum(String text) {
        assertRefused(text, PageEnd::amount);
    }

    @Test
    void refusesTooFewKeys_andTooMany() {
        assertThatThrownBy(new PageEnd(List.of())::text).isInstanceOf(Problem.class);
        assertThatThrownBy(new PageEnd(List.of("one"))::checkAllRead).isInstanceOf(Problem.class);
    }

    private static void assertRefused(String key, Function<PageEnd, Object> read) {
        assertThatThrownBy(() -> read.apply(new PageEnd(List.of(key))))
                .isInstanceOfSatisfying(
                        Problem.class, refused -> assertThat(refused.status()).isEqualTo(400));
    }
}
