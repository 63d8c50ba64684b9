package dev.centime.ingest.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvRenderingTest {
    private static final CsvRendering<String> TEXT = new CsvRendering<>(List.of(Column.text("text", text -> text)));

    @ParameterizedTest
    @ValueSource(
            strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "\uFF1D1", "-", "=cmd|' /C calc'!A0"})
    void textThatCouldBeAFormula_isText(String text) {
        assertThat(new String(TEXT.rows(List.of(text)), StandardCharsets.UTF_8).replace("\"", ""))
                .startsWith("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "1-1", "a=b", "'", " =1", "🙂", "ñ"})
    void otherText_staysAsItIs(String text) {
        assertThat(new String(TEXT.rows(List.of(text)), StandardCharsets.UTF_8).replace("\"", ""))
                .isEqualTo(text + "\r\n");
    }

    @Test
    void aNegativeAmount_isANumber() {
        var money = new CsvRendering<>(List.of(Column.<Money>money("cost", cost -> cost)));
        assertThat(new String(money.rows(List.of(Money.of("-1.50"))), StandardCharsets.UTF_8))
                .isEqualTo("-1.5\r\n");
    }
}
