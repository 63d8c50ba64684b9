package dev.centime.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DemoUsageTest {
    private static final Instant NOW = Instant.parse("2026-11-22T09:41:07Z");
    private static final List<ObjectNode> RECORDS = DemoUsage.records(NOW);

    @Test
    void holdsEveryCallOfBothTracesOnce() throws IOException {
        var succeeded = RECORDS.stream()
                .filter(record -> record.get("status").textValue().equals("ok"))
                .toList();

        assertThat(succeeded).hasSize(8_819 + 3_993);
        assertThat(new HashSet<>(RECORDS.stream()
                        .map(record -> record.get("id").textValue())
                        .toList()))
                .hasSameSizeAs(RECORDS);
        assertThat(sum(succeeded, "demo-azure", "input_tokens")).isEqualTo(azure(1));
        assertThat(sum(succeeded, "demo-azure", "output_tokens")).isEqualTo(azure(2));
        assertThat(sum(succeeded, "demo-mooncake", "input_tokens")
                        + sum(succeeded, "demo-mooncake", "cache_read_tokens")
                        + sum(succeeded, "demo-mooncake", "cache_write_tokens"))
                .isEqualTo(61_194_628);
    }

    @Test
    void fillsSixtyDaysAndNothingBeyondNow() {
        var days = RECORDS.stream()
                .map(record -> record.get("timestamp").textValue().substring(0, 10))
                .distinct()
                .count();

        assertThat(days).isEqualTo(DemoUsage.DAYS);
        assertThat(RECORDS).allSatisfy(record -> assertThat(
                        Instant.parse(record.get("timestamp").textValue()))
                .isBetween(NOW.minus(Duration.ofDays(60)), NOW));
    }

    @Test
    void isTheSameEveryTime_exceptForTheDays() {
        var later = DemoUsage.records(NOW.plus(Duration.ofDays(3)));

        assertThat(withoutTime(later)).containsExactlyInAnyOrderElementsOf(withoutTime(RECORDS));
    }

    @Test
    void restsOnSundays() {
        var byDay = RECORDS.stream()
                .collect(Collectors.groupingBy(
                        record -> Instant.parse(record.get("timestamp").textValue())
                                .atOffset(java.time.ZoneOffset.UTC)
                                .getDayOfWeek(),
                        Collectors.counting()));

        assertThat(byDay.get(java.time.DayOfWeek.SUNDAY)).isLessThan(byDay.get(java.time.DayOfWeek.WEDNESDAY) / 3);
    }

    @Test
    void retriesNameTheAttemptBefore() {
        var ids = RECORDS.stream().map(record -> record.get("id").textValue()).collect(Collectors.toSet());
        var retries = RECORDS.stream().filter(record -> record.has("retry_of")).toList();

        assertThat(retries).hasSizeBetween(150, 400);
        assertThat(retries).allSatisfy(record -> assertThat(ids)
                .contains(record.get("retry_of").textValue()));
    }

    private static List<String> withoutTime(List<ObjectNode> records) {
        return records.stream()
                .map(record -> record.deepCopy()
                        .without(List.of("timestamp", "session"))
                        .toString())
                .toList();
    }

    private static long sum(List<ObjectNode> records, String prefix, String field) {
        return records.stream()
                .filter(record -> record.get("id").textValue().startsWith(prefix))
                .mapToLong(record -> record.get(field).longValue())
                .sum();
    }

    /** The trace itself, read the plainest way. */
    private static long azure(int column) throws IOException {
        var trace = DemoUsageTest.class.getResourceAsStream("/demo/azure_code_2023.csv");
        try (var lines = new BufferedReader(new InputStreamReader(trace))) {
            return lines.lines()
                    .skip(1)
                    .mapToLong(line -> Long.parseLong(line.split(",")[column]))
                    .sum();
        }
    }
}
