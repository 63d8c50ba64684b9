package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What one row is at fault for, the others of its file do not pay for. */
class OneBadRowTest {
    @Test
    void costTracking_anAmountThatWouldFillTheMemoryIsItsTasksFault() {
        var given = GivenFiles.text(
                "COST-TRACKING-x.yaml",
                "session: s",
                "date: 2025-11-01",
                "total_cost: 1.0e+100000000",
                "tasks:",
                "  - {description: a, model: haiku, tokens_in: 1, tokens_out: 1, cost_usd: 1.0e+100000000}",
                "  - {description: b, model: haiku, tokens_in: 1, tokens_out: 1, cost_usd: 0.5}",
                "  - {description: c, model: haiku, tokens_in: .inf, tokens_out: 1, cost_usd: 0.5}");

        assertThat(given.records).extracting(RecordUsage::reportedCost).containsExactly(Money.of("0.5"));
        assertThat(given.rejected)
                .containsExactly("1 cost_usd must be an amount of US dollars", "3 tokens_in must be a whole number");
    }

    @Test
    void costTracking_aBudgetThatIsNoneIsSaid_andTheTasksCount() {
        for (var budget : new String[] {"1e30", "1.0e+30", "$1000000000000000000000000000", "plenty"}) {
            var given = GivenFiles.text(
                    "COST-TRACKING-x.yaml",
                    "session: s",
                    "date: 2025-11-01",
                    "budget_allocated: " + budget,
                    "tasks:",
                    "  - {description: a, model: haiku, tokens_in: 1, tokens_out: 1, cost_usd: 0.5}");

            assertThat(given.records).as(budget).hasSize(1);
            assertThat(given.budgets).as(budget).isEmpty();
            assertThat(given.rejected).as(budget).singleElement().asString().startsWith("1 budget_allocated must be ");
        }
    }

    @Test
    void anthropic_fractionsOfACentAreKeptTo18DecimalsOfADollar() {
        var given = GivenFiles.text("cost.json", """
                {"data":[{"starting_at":"2026-05-01T00:00:00Z","results":[
                {"amount":"1.12345678901234567","currency":"USD","description":"a"},
                {"amount":"2","currency":"USD","description":"b"}]}]}""");

        assertThat(given.rejected).isEmpty();
        assertThat(given.records)
                .extracting(RecordUsage::reportedCost)
                .containsExactly(Money.of("0.011234567890123457"), Money.of("0.02"));
    }

    @Test
    void liteLlm_numbersWithinTextAreReadAsWritten() {
        var given = GivenFiles.text(
                "logs.json",
                "["
                        + spendLog(
                                "a",
                                "{\\\"usage_object\\\": {\\\"prompt_tokens\\\": 1e999, \\\"completion_tokens\\\": 2}}")
                        + ",",
                spendLog("b", "{\\\"usage_object\\\": {\\\"prompt_tokens\\\": 70, \\\"completion_tokens\\\": 2}}")
                        + ",",
                spendLog("c", "{\\\"usage_object\\\": {\\\"prompt_tokens\\\": Infinity}}") + "]");

        assertThat(given.records).extracting(RecordUsage::id).containsExactly("b", "c");
        assertThat(given.records).extracting(RecordUsage::tokens).containsExactly(Tokens.of(70, 2), Tokens.of(10, 20));
        assertThat(given.rejected).containsExactly("1 metadata.usage_object.prompt_tokens must be a whole number");
    }

    @Test
    void liteLlm_aPageIsAsLongAsItLikes() {
        var rows = IntStream.range(0, 7_000)
                .mapToObj(n -> spendLog("call-" + n, "{}"))
                .collect(Collectors.joining(",\n", "{\"total\": 7000, \"data\": [", "], \"page\": 1}"));
        var many = IntStream.range(0, 210_000).mapToObj(n -> "0").collect(Collectors.joining(",", "[", "]"));
        var given = GivenFiles.text(
                "logs.json",
                rows,
                "{\"data\": [{\"request_id\": \"x\", \"cells\": " + many + "},",
                spendLog("y", "{}") + "]}");

        assertThat(given.records).hasSize(7_001);
        assertThat(given.records.getLast().id()).isEqualTo("y");
        assertThat(given.rejected).containsExactly("7001 record a record may have at most 200000 values");
    }

    @Test
    void spendLogsMayBeginWithAMarkOrBlanks() {
        for (var beginning : new String[] {"\uFEFF", "\r\n", "\t", "\uFEFF \r\n\t"}) {
            var given = GivenFiles.read(
                    "logs.json",
                    (beginning + "[" + spendLog("a", "{}") + "]").getBytes(StandardCharsets.UTF_8),
                    FileFormat.LITELLM,
                    Map.of());

            assertThat(given.records).as(beginning).extracting(RecordUsage::id).containsExactly("a");
        }
    }

    @Test
    void whatWhoTakesTheRowsFailsWithEndsTheReading() {
        var lines = "{\"model\": \"m\", \"provider\": \"p\", \"input_tokens\": 1}\n"
                .repeat(3)
                .getBytes(StandardCharsets.UTF_8);
        var taken = new AtomicInteger();
        UploadedFile.Receiver cancelled = new UploadedFile.Receiver() {
            @Override
            public Rows opened(@Nullable String entry, FileFormat format) {
                return (Rows) Proxy.newProxyInstance(
                        Rows.class.getClassLoader(), new Class<?>[] {Rows.class}, (proxy, method, values) -> {
                            taken.incrementAndGet();
                            throw new IllegalStateException("cancelled");
                        });
            }

            @Override
            public void unknown(String entry, String reason) {}
        };

        assertThatThrownBy(() -> UploadedFile.read(
                        "a.jsonl",
                        new ByteArrayInputStream(lines),
                        null,
                        Map.of(),
                        GivenFiles.BOUNDS,
                        GivenFiles.NOW,
                        cancelled))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("cancelled");
        assertThat(taken).hasValue(1);
    }

    /** @param metadata JSON as text within JSON has it */
    private static String spendLog(String id, String metadata) {
        return ("{\"request_id\": \"%s\", \"model\": \"gpt-4o\", \"startTime\": \"2025-01-24 09:20:46\", \"prompt_tokens\": 10,"
                        + " \"completion_tokens\": 20, \"spend\": 0.1, \"metadata\": \"%s\", \"a\": 1, \"b\": 2, \"c\": 3, \"d\": 4,"
                        + " \"e\": 5, \"f\": 6, \"g\": 7, \"h\": 8, \"i\": 9, \"j\": 10, \"k\": 11, \"l\": 12, \"m\": 13, \"n\": 14,"
                        + " \"o\": 15, \"q\": 16, \"r\": 17, \"s\": 18, \"t\": 19, \"u\": 20, \"v\": 21, \"w\": 22, \"x\": 23}")
                .formatted(id, metadata);
    }
}
