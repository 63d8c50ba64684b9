package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.LocalDate;
import java.util.function.ToLongFunction;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What someone sees who has just started the demo: true figures, the same in every face. */
@ExtendWith(DemoInstance.class)
class NewcomerIT {
    private static final String PERIOD = "&start_date=" + LocalDate.now().minusDays(62) + "&end_date="
            + LocalDate.now().plusDays(1);
    /** The calls of the traces; their failed first attempts have an operation of the same names but their own status. */
    private static final String DEMO = "&tag.team=platform&tag.team=product";

    @Test
    void figuresAgreeWithTheTracesThemselves(Instance centime) {
        var items = centime.api()
                .get("/api/v1/costs/breakdown?dimension=model" + PERIOD + DEMO)
                .path("items");
        var trace = TraceRecount.ofBoth();

        var failed = sum(items, item -> item.path("error_count").asLong());
        assertThat(sum(items, item -> item.path("requests").asLong()) - failed).isEqualTo(trace.calls());
        assertThat(sum(items, item -> item.path("output_tokens").asLong())).isEqualTo(trace.outputTokens());
        assertThat(failed).isPositive();
        System.out.printf(
                "recount: %,d calls, %,d output tokens agree with the traces; %,d failed attempts beside them%n",
                trace.calls(), trace.outputTokens(), failed);
    }

    @Test
    void costsAreTokensTimesListPrices_toTheLastDigit(Instance centime) {
        var answer = centime.api().get("/api/v1/costs/breakdown?dimension=model" + PERIOD + DEMO);
        var total = BigDecimal.ZERO;

        for (var item : answer.path("items")) {
            var expected = ListPrices.cost(
                    item.path("key").asText(),
                    item.path("input_tokens").asLong(),
                    item.path("output_tokens").asLong(),
                    item.path("cache_read_tokens").asLong(),
                    item.path("cache_write_tokens").asLong());
            assertThat(new BigDecimal(item.path("total_cost").asText()))
                    .as(item.path("key").asText())
                    .isEqualByComparingTo(expected);
            total = total.add(expected);
        }
        assertThat(new BigDecimal(answer.path("total_cost").asText())).isEqualByComparingTo(total);
        assertThat(answer.path("unpriced_requests").asLong()).isZero();
        System.out.printf(
                "recount: %s USD over %d models%n", total, answer.path("items").size());
    }

    @Test
    void everyCutOfTheCubeHasTheSameTotal(Instance centime) {
        var totals = java.util.stream.Stream.of(
                        "provider", "model", "project", "user", "operation", "day", "week", "month")
                .map(dimension -> centime.api()
                        .get("/api/v1/costs/breakdown?limit=1000&dimension=" + dimension + PERIOD
                                + "&project=code-review"))
                .map(answer -> new BigDecimal(answer.path("total_cost").asText()).stripTrailingZeros())
                .distinct();

        assertThat(totals).hasSize(1);
    }

    @Test
    void theCommandLineShowsWhatTheApiSays(Instance centime) throws IOException {
        centime.settle();
        var shown = centime.run("cost", "breakdown", "--by", "project", "--days", "30", "--format", "json")
                .succeeded();
        var asked = centime.api().get("/api/v1/costs/breakdown?dimension=project&days=30");

        assertThat(new ObjectMapper().readTree(shown.out()).path("items")).isEqualTo(asked.path("items"));
        assertThat(centime.run("cost", "history").succeeded().out()).contains("Daily Cost Trend", "Total Spent:");
        assertThat(centime.run("cost", "forecast").succeeded().out()).contains("Next 7 days", "$");
        assertThat(centime.run("cost", "budget", "status").succeeded().out())
                .contains("Engineering, monthly", "Code review, weekly");
        assertThat(centime.run("status").succeeded().out()).contains("gateway", "postgres", "ready");
        assertThat(centime.run("logs", "gateway", "-n", "5").succeeded().exitCode())
                .isZero();
    }

    @Test
    void aSecondStartOnTheSameData_saysThatItRunsAndWhere(Instance centime) {
        var second = centime.up();

        assertThat(second.exitCode()).isNotZero();
        assertThat(second.err()).contains("already runs", centime.api().address(), "centime down");
    }

    @Test
    void keysAreForTheirOwnerAlone(Instance centime) throws IOException {
        try (var files = Files.list(centime.directory().resolve("secrets"))) {
            assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(
                            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------"));
        }
    }

    private static long sum(JsonNode items, ToLongFunction<JsonNode> figure) {
        return StreamSupport.stream(items.spliterator(), false)
                .mapToLong(figure)
                .sum();
    }
}
