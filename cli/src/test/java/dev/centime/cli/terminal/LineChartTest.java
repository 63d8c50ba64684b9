package dev.centime.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineChartTest {
    @Test
    void drawsALineThatRisesAndFalls() {
        var chart = new LineChart(List.of("Mon", "Tue", "Wed", "Thu"), new double[] {0, 8, 8, 4});

        assertThat(chart.draw(Terminal.plain(40))).isEqualTo("""
                $8 │   ╭─────╮
                   │   │     │
                $6 │   │     │
                   │   │     │
                $4 │   │     ╰──
                   │   │
                $2 │   │
                   │   │
                $0 │───╯
                   └────────────
                    Mon      Thu
                """);
    }

    @Test
    void fitsIntoAnyWidth() {
        var random = new Random(7);
        var values = random.doubles(365, 0, 1234).toArray();
        for (var columns : List.of(40, 80, 133)) {
            var drawn = new LineChart(Collections.nCopies(365, "2026-11-22"), values).draw(Terminal.plain(columns));

            assertThat(drawn.lines())
                    .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(columns));
        }
    }

    @Test
    void staysAFlatLineAtTheBottom_whenNothingWasSpent() {
        var drawn = new LineChart(List.of("a", "b"), new double[] {0, 0}).draw(Terminal.plain(40));

        assertThat(drawn).contains("$0 │──────");
    }

    @Test
    void namesFractionsOfACentOnItsAxis() {
        var drawn = new LineChart(List.of("a"), new double[] {0.00031}).draw(Terminal.plain(40));

        assertThat(drawn).contains("$0.0004");
    }

    @Test
    void refusesNoPoints() {
        assertThatThrownBy(() -> new LineChart(List.of(), new double[0])).isInstanceOf(IllegalArgumentException.class);
    }
}
