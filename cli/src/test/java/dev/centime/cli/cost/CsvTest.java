package dev.centime.cli.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
    @Test
    void quotesWhatNeedsIt() {
        assertThat(Csv.of(List.of(List.of("a,b", "say \"hi\"", "two\nlines", "plain"))))
                .isEqualTo("\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",plain\r\n");
    }

    @Test
    void carriesNoFormulas() {
        assertThat(Csv.of(List.of(List.of("=cmd|' /C calc'!A0", "+1+1", "@SUM(A1)", "-2+3", "-2.50"))))
                .isEqualTo("'=cmd|' /C calc'!A0,'+1+1,'@SUM(A1),'-2+3,-2.50\r\n");
    }
}
