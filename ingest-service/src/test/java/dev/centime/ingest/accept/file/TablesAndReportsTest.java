package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded.Status;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TablesAndReportsTest {
    @ParameterizedTest
    @ValueSource(strings = {",", ";", "\t", "|"})
    void csv_whateverStandsBetweenTheFields(String delimiter) {
        var given = GivenFiles.text(
                "calls.csv",
                "\uFEFF"
                        + String.join(
                                delimiter,
                                "timestamp",
                                "model",
                                "provider",
                                "prompt_tokens",
                                "cached_tokens",
                                "completion_tokens",
                                "tag.team",
                                "session"),
                String.join(
                        delimiter,
                        "2025-06-01 10:00:00",
                        "gpt-4o",
                        "openai",
                        "1000",
                        "600",
                        "50",
                        "blue",
                        "\"a\"\"b\""));

        assertThat(given.rejected).isEmpty();
        var record = given.records.getFirst();
        assertThat(record.tokens()).isEqualTo(new Tokens(400, 600, 0, 0, 50, 0, 0, 0, 0));
        assertThat(record.timestamp()).isEqualTo(Instant.parse("2025-06-01T10:00:00Z"));
        assertThat(record.session()).isEqualTo("a\"b");
        assertThat(record.tags()).containsExactly(Map.entry("team", "blue"));
    }

    @Test
    void csv_mappedColumns_decimalCommas_andRowsAtFault() {
        var given = GivenFiles.fixture(
                "semicolons.csv",
                Map.of("Datum", "timestamp", "Modell", "model", "Anbieter", "provider", "Team", "tag.team"));

        assertThat(given.records).extracting(RecordUsage::model).containsExactly("my;model", "m4");
        var first = given.records.getFirst();
        assertThat(first.reportedCost()).isEqualTo(Money.of("1234.5"));
        assertThat(first.timestamp()).isEqualTo(Instant.parse("2025-06-01T12:00:00Z"));
        assertThat(first.tags()).containsEntry("team", "blue");
        assertThat(given.records.get(1).reportedCost()).isEqualTo(Money.of("0.25"));
        assertThat(given.rejected)
                .containsExactly(
                        "3 input_tokens must be a whole number", "4 line must have 7 fields as the heading has, not 5");
    }

    @Test
    void csv_aRowWithoutAnIdIsTheSameRecordHoweverOftenItsFileIsRead() {
        var lines = new String[] {"model,provider,input_tokens", "m,acme,1", "m,acme,1", "m,acme,2"};
        var once = GivenFiles.text("a.csv", lines);
        var again = GivenFiles.text("b.csv", lines);

        assertThat(once.records)
                .extracting(RecordUsage::id)
                .doesNotHaveDuplicates()
                .doesNotContainNull();
        assertThat(again.records)
                .extracting(RecordUsage::id)
                .isEqualTo(once.records.stream().map(RecordUsage::id).toList());
    }

    @Test
    void csv_aMappingToNoFieldIsRefused() {
        assertThatThrownBy(() -> GivenFiles.read(
                        "a.csv", "x\n1".getBytes(StandardCharsets.UTF_8), FileFormat.CSV, Map.of("x", "price_of_tea")))
                .hasMessageContaining("price_of_tea");
    }

    @Test
    void jsonl_recordsALineOrInAnArray() {
        var record = "{\"id\":\"a\",\"provider\":\"acme\",\"model\":\"m\",\"input_tokens\":1}";
        assertThat(GivenFiles.text("a.jsonl", record, "", "not json", "[1]").rejected)
                .containsExactly("3 line must be well-formed JSON in UTF-8", "4 line must be one JSON object");
        var array = GivenFiles.text("a.json", "[" + record + ",", record.replace("\"a\"", "\"b\"") + ", 7]");
        assertThat(array.records).extracting(RecordUsage::id).containsExactly("a", "b");
        assertThat(array.rejected).containsExactly("2 record must be an object");
    }

    @Test
    void costTracking_tasksAreCalls_andTotalsThatDoNotAddUpAreSaid() {
        var given = GivenFiles.fixture("COST-TRACKING-session-001.yaml");

        assertThat(given.rejected).isEmpty();
        assertThat(given.records).hasSize(2);
        var first = given.records.getFirst();
        assertThat(first.session()).isEqualTo("session-001");
        assertThat(first.provider()).isEqualTo("anthropic");
        assertThat(first.reportedCost()).isEqualTo(Money.of("0.5"));
        assertThat(first.tokens()).isEqualTo(Tokens.of(1000, 400));
        assertThat(first.timestamp()).isEqualTo(Instant.parse("2025-11-01T12:00:00Z"));
        assertThat(first.tags())
                .containsEntry("phase", "phase-1")
                .containsEntry("milestone", "m-1")
                .containsEntry("complexity", "low")
                .containsKey("task");
        assertThat(first.tags().get("task")).doesNotContain("requirements");
        assertThat(given.records.get(1).status()).isEqualTo(Status.ERROR);
        assertThat(given.differences).singleElement().satisfies(difference -> {
            assertThat(difference.what()).isEqualTo("total_cost");
            assertThat(difference.stated()).isEqualByComparingTo(new BigDecimal("3.5"));
            assertThat(difference.counted()).isEqualByComparingTo(new BigDecimal("3"));
        });
        assertThat(given.budgets)
                .containsExactly(new SessionBudget("session-001", Money.of("500"), LocalDate.of(2025, 11, 1)));
    }

    @Test
    void costTracking_aTaskIsTheSameWhereverItStands() {
        var before = tasks("read", "write", "write");
        var after = tasks("plan", "read", "write", "write");

        assertThat(after).hasSize(4).doesNotHaveDuplicates().containsAll(before);
        assertThat(tasks(null, null)).hasSize(2).doesNotHaveDuplicates();
    }

    private static List<String> tasks(String... descriptions) {
        var file = new StringBuilder("session: s\ndate: 2025-11-01\ntasks:\n");
        for (var description : descriptions) {
            file.append("  - {model: haiku, tokens_in: 1, tokens_out: 1, cost_usd: 0.5")
                    .append(description == null ? "}\n" : ", description: " + description + "}\n");
        }
        return GivenFiles.text("COST-TRACKING-x.yaml", file.toString()).records.stream()
                .map(RecordUsage::id)
                .toList();
    }

    @Test
    void costTracking_aBombOfAliasesIsRefused() {
        var given = GivenFiles.text(
                "COST-TRACKING-x.yaml",
                "session: &a [x,x,x,x,x,x,x,x,x]",
                "date: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]",
                "tasks: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]");
        assertThat(given.records).isEmpty();
        assertThat(given.rejected).hasSize(1);
    }

    @Test
    void liteLlm_asTheProxyAnswers() {
        var given = GivenFiles.fixture("litellm-spend-log.json");

        assertThat(given.formats).containsExactly("litellm");
        var record = given.records.getFirst();
        assertThat(record.id()).isEqualTo("chatcmpl-2283081b-dc89-41f6-93e6-d4f914774027");
        assertThat(record.tokens()).isEqualTo(Tokens.of(10, 20));
        assertThat(record.provider()).isEqualTo("openai");
        assertThat(record.session()).isEqualTo("1234567890");
        assertThat(record.reportedCost()).isEqualTo(Money.of("0.000225000000000000"));
        assertThat(record.timestamp()).isEqualTo(Instant.parse("2025-01-24T09:20:46.847371Z"));
    }

    @Test
    void liteLlm_asTheTableIsExported() {
        var given = GivenFiles.fixture("litellm-export.csv");

        assertThat(given.formats).containsExactly("litellm");
        assertThat(given.rejected).isEmpty();
        var first = given.records.getFirst();
        assertThat(first.tokens()).isEqualTo(new Tokens(10, 1000, 0, 0, 20, 0, 0, 0, 0));
        assertThat(first.user()).isEqualTo("ann");
        assertThat(first.latencyMs()).isEqualTo(104);
        assertThat(first.tags()).containsEntry("team", "blue").containsEntry("nightly", "true");
        assertThat(given.records.get(1).cacheHit()).isTrue();
        assertThat(given.records.get(1).status()).isEqualTo(Status.ERROR);
    }

    @Test
    void openAi_costsAndUsage() {
        var costs = GivenFiles.fixture("openai-costs.json");
        assertThat(costs.formats).containsExactly("openai");
        assertThat(costs.records.getFirst().reportedCost()).isEqualTo(Money.of("0.06"));
        assertThat(costs.records.getFirst().aggregated()).isTrue();
        assertThat(costs.records.getFirst().timestamp()).isEqualTo(Instant.ofEpochSecond(1730419200));

        var usage = GivenFiles.text("usage.json", """
                {"object":"page","data":[{"object":"bucket","start_time":1730419200,"end_time":1730505600,"results":[
                {"object":"organization.usage.completions.result","input_tokens":1000,"input_cached_tokens":800,
                 "output_tokens":500,"num_model_requests":5,"project_id":"proj_1","model":"gpt-4o","batch":true}]}]}""");
        var record = usage.records.getFirst();
        assertThat(record.tokens()).isEqualTo(new Tokens(200, 800, 0, 0, 500, 0, 0, 0, 0));
        assertThat(record.requests()).isEqualTo(5);
        assertThat(record.aggregated()).isTrue();
        assertThat(record.serviceTier()).isEqualTo("batch");
    }

    @Test
    void anthropic_theFewestCallsThatCanHaveBeen() {
        var given = GivenFiles.fixture("anthropic-usage.json");
        assertThat(given.formats).containsExactly("anthropic");
        var record = given.records.getFirst();
        assertThat(record.tokens()).isEqualTo(new Tokens(100, 50, 8, 2, 200, 0, 0, 0, 0));
        assertThat(record.requests()).isEqualTo(1);
        assertThat(record.aggregated()).isTrue();

        var many = GivenFiles.text("usage.json", """
                {"data":[{"starting_at":"2026-05-01T00:00:00Z","results":[
                {"model":"claude-opus-4-7","context_window":"0-200k","uncached_input_tokens":1000001,"output_tokens":5}]}]}""");
        assertThat(many.records.getFirst().requests()).isEqualTo(6);
    }

    @Test
    void whateverAReportIsGroupedBy_everyResultIsARecord() {
        var anthropic = GivenFiles.text("usage.json", """
                {"data":[{"starting_at":"2026-05-01T00:00:00Z","ending_at":"2026-05-02T00:00:00Z","results":[
                {"model":"m","uncached_input_tokens":1,"output_tokens":5},
                {"model":"m","uncached_input_tokens":2,"output_tokens":5,"inference_geo":"us"},
                {"model":"m","uncached_input_tokens":3,"output_tokens":5,"inference_geo":"eu","speed":"fast"},
                {"model":"m","uncached_input_tokens":4,"output_tokens":5,"inference_geo":"eu","account_id":"a"},
                {"model":"m","uncached_input_tokens":5,"output_tokens":5,"inference_geo":"eu","account_id":"b"}]}]}""");
        assertThat(anthropic.records).extracting(RecordUsage::id).hasSize(5).doesNotHaveDuplicates();
        assertThat(anthropic.records.get(2).region()).isEqualTo("eu");
        assertThat(anthropic.records.get(2).serviceTier()).isEqualTo("fast");

        var openAi = GivenFiles.text("usage.json", """
                {"object":"page","data":[{"object":"bucket","start_time":1730419200,"end_time":1730505600,"results":[
                {"object":"organization.usage.completions.result","input_tokens":1,"model":"m","service_tier":"default"},
                {"object":"organization.usage.completions.result","input_tokens":2,"model":"m","service_tier":"priority"},
                {"object":"organization.usage.completions.result","input_tokens":3,"model":"m","service_tier":"flex",
                 "batch":true},
                {"object":"organization.usage.completions.result","input_tokens":4,"model":"m","service_account_id":"s"}]}]}""");
        assertThat(openAi.records).extracting(RecordUsage::id).hasSize(4).doesNotHaveDuplicates();
        assertThat(openAi.records)
                .extracting(RecordUsage::serviceTier)
                .containsExactly("standard", "priority", "batch", null);
    }

    @Test
    void aResultIsTheSameRecordWhenItHasGrown_andItsProjectAnotherName() {
        var grown = List.of(
                        "\"amount\":\"1.5\",\"workspace_name\":\"one\"",
                        "\"workspace_name\":\"two\",\"amount\":\"2.5\"")
                .stream()
                .map(rest -> GivenFiles.text("cost.json", """
                        {"data":[{"starting_at":"2026-05-01T00:00:00Z","results":[
                        {"currency":"USD","description":"Claude usage","inference_geo":null,%s}]}]}""".formatted(rest)))
                .map(given -> given.records.getFirst().id())
                .toList();
        assertThat(grown.getFirst()).isEqualTo(grown.getLast());
    }

    @Test
    void anthropic_costsAreInCents() {
        var given = GivenFiles.text("cost.json", """
                {"data":[{"starting_at":"2026-05-01T00:00:00Z","results":[
                {"amount":"123.45","currency":"USD","description":"Claude usage"}]}]}""");
        assertThat(given.records.getFirst().reportedCost()).isEqualTo(Money.of("1.2345"));
    }
}
