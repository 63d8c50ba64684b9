package dev.centime.ingest.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Scope;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is stored of scheduled exports, and of calls that expire, stays readable for ever. */
class GoldenExportsTest {
    private static final ObjectMapper JSON = Contracts.mapper();
    private static final Instant DUE = Instant.parse("2026-11-23T06:30:00Z");

    static Stream<Arguments> events() {
        return Stream.of(
                Arguments.of(
                        "export-scheduled.v1",
                        new ExportScheduled(
                                "e-1",
                                "finance",
                                "calls",
                                "parquet",
                                "1.2",
                                new Scope(Map.of("project", List.of("search"), "user", List.of("s-1"))),
                                "weekly",
                                LocalTime.of(6, 30),
                                new ExportScheduled.Directory("finance/weekly"),
                                "key-1",
                                DUE)),
                Arguments.of(
                        "export-scheduled.v1-s3",
                        new ExportScheduled(
                                "e-2",
                                "finance",
                                "calls",
                                "csv",
                                null,
                                Scope.ORGANIZATION,
                                "daily",
                                LocalTime.of(2, 0),
                                new ExportScheduled.Bucket(
                                        "https://s3.eu-central-1.amazonaws.com",
                                        "eu-central-1",
                                        "acme-finance",
                                        "centime/daily",
                                        true,
                                        "AKIAIOSFODNN7EXAMPLE"),
                                "key-1",
                                Instant.parse("2026-11-23T02:00:00Z"))),
                Arguments.of(
                        "export-fell-due.v1",
                        new ExportFellDue(
                                "e-1",
                                DUE,
                                LocalDate.of(2026, 11, 16),
                                LocalDate.of(2026, 11, 22),
                                DUE.plusSeconds(7 * 86_400))),
                Arguments.of("export-ended.v1", new ExportEnded("e-1", DUE, "finance/weekly/a.parquet", 1234, null)),
                Arguments.of("export-cancelled.v1", new ExportCancelled("e-1")),
                Arguments.of(
                        "detail-expired.v1", new DetailExpired(Instant.parse("2025-11-22T00:00:00Z"), 365, true, DUE)));
    }

    @ParameterizedTest
    @MethodSource("events")
    void isStoredLikeThis(String name, Object event) throws IOException {
        try (var golden = getClass().getResourceAsStream("/golden/" + name + ".json")) {
            var stored = JSON.readTree(golden);
            assertThat(JSON.readTree(JSON.writeValueAsBytes(event))).isEqualTo(stored);
            assertThat(JSON.treeToValue(stored, event.getClass())).isEqualTo(event);
        }
    }
}
