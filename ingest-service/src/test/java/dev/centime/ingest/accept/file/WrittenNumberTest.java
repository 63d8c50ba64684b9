package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WrittenNumberTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,125 | 0.125",
                "0.125 | 0.125",
                "1,5 | 1.5",
                "1,500.25 | 1500.25",
                "1.500,25 | 1500.25",
                "1,234,567 | 1234567",
                "1.234.567 | 1234567",
                "1.234.567,5 | 1234567.5",
                "-1,234.5 | -1234.5",
                "1234,5 | 1234.5",
                "1.5e-05 | 0.000015",
                "1,5E-05 | 0.000015",
                ",5 | 0.5",
                "12 | 12"
            })
    void whatAmountsMean_whateverStandsBetweenTheFields(String written, BigDecimal amount) {
        for (var decimalComma : new boolean[] {true, false}) {
            assertThat(WrittenNumber.readings(written, decimalComma, false))
                    .as("%s, decimal comma: %s", written, decimalComma)
                    .singleElement()
                    .satisfies(read -> assertThat(read).isEqualByComparingTo(amount));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0,125.5",
                "1,23,456",
                "1,2345.6",
                "1.234,567,8",
                "1,234.567.8",
                "viele",
                "1 234",
                "--1",
                "1,e5x",
                "NaN",
                "1e9999999999"
            })
    void whatIsNoNumber(String written) {
        assertThat(WrittenNumber.readings(written, true, false)).isEmpty();
        assertThat(WrittenNumber.readings(written, false, false)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "two",
            value = {
                // written | decimal comma | whole | what it means
                "1,234 | true  | false | 1.234",
                "1,234 | false | false | two",
                "1.234 | true  | false | two",
                "1.234 | false | false | 1.234",
                "1,234 | true  | true  | 1234",
                "1,234 | false | true  | 1234",
                "1.234 | true  | true  | 1234",
                "1,000 | true  | true  | two",
                "1,000 | false | true  | 1000",
                "1.000 | true  | true  | two",
                "1.000 | false | true  | 1"
            })
    void oneSignBeforeThreeDigits(String written, boolean decimalComma, boolean whole, BigDecimal number) {
        var readings = WrittenNumber.readings(written, decimalComma, whole);

        if (number == null) {
            assertThat(readings).hasSize(2);
        } else {
            assertThat(readings).singleElement().satisfies(read -> assertThat(read)
                    .isEqualByComparingTo(number));
        }
    }

    @Test
    void aTableSaysWhichColumnNobodyCanRead() {
        var given = GivenFiles.text(
                "a.tsv",
                "model\tprovider\ttokens_in\tCost",
                "m\tacme\t1,234\t0,125",
                "m\tacme\t1.234\t1.234",
                "m\tacme\t5\t1,500.25");

        assertThat(given.records)
                .extracting(RecordUsage::inputTokens, RecordUsage::reportedCost)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(1234L, Money.of("0.125")),
                        org.assertj.core.groups.Tuple.tuple(5L, Money.of("1500.25")));
        assertThat(given.rejected)
                .containsExactly(
                        "3 Cost may be 1.234 or 1234: it must have no sign between thousands, or decimals after them");
    }
}
