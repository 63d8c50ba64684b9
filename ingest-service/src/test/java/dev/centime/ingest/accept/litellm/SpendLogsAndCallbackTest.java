package dev.centime.ingest.accept.litellm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.ingest.accept.LiteLlmCall;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.accept.file.ReadSpendLogs;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A call comes by the callback, by the export, or by both under one id: it must be the same record. */
class SpendLogsAndCallbackTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void bothAttributeACallAlike() {
        var callback = callback("""
            {"id": "c-1", "call_type": "acompletion", "model": "gpt-4o", "custom_llm_provider": "openai",
             "startTime": 1763805600.25, "endTime": 1763805602.75, "response_cost": 0.1, "prompt_tokens": 10,
             "completion_tokens": 20, "end_user": "customer", "trace_id": "t-1", "model_group": "fast",
             "request_tags": ["team:blue", "nightly"], "response": {"id": "c-1", "service_tier": "priority", "choices": ["a secret"]},
             "metadata": {"user_api_key_alias": "prod", "user_api_key_org_id": "o-1", "user_api_key_user_id": "ann",
               "user_api_key_team_id": "team-1", "user_api_key_team_alias": "search", "spend_logs_metadata": {"feature": "rank"}}}
            """);
        var export = export("""
            {"request_id": "c-1", "call_type": "acompletion", "model": "gpt-4o", "custom_llm_provider": "openai",
             "startTime": "2025-11-22T10:00:00.250", "endTime": "2025-11-22 10:00:02.750", "spend": 0.1, "prompt_tokens": 10,
             "completion_tokens": 20, "user": "ann", "end_user": "customer", "session_id": "t-1", "model_group": "fast",
             "team_id": "team-1", "organization_id": "o-1", "cache_hit": "None", "api_base": "",
             "request_tags": "[\\"team:blue\\", \\"nightly\\"]",
             "response": "{\\"id\\": \\"c-1\\", \\"service_tier\\": \\"priority\\", \\"choices\\": [\\"a secret\\"]}",
             "metadata": "{\\"user_api_key_alias\\": \\"prod\\", \\"user_api_key_team_alias\\": \\"search\\",
               \\"spend_logs_metadata\\": {\\"feature\\": \\"rank\\"}}"}
            """.replace("\n   ", " "));

        assertThat(export).isEqualTo(callback);
        assertThat(callback.user()).isEqualTo("customer");
        assertThat(callback.project()).isEqualTo("search");
        assertThat(callback.session()).isEqualTo("t-1");
        assertThat(callback.serviceTier()).isEqualTo("priority");
        assertThat(callback.tags())
                .isEqualTo(Map.of(
                        "key", "prod",
                        "org", "o-1",
                        "key_user", "ann",
                        "model_group", "fast",
                        "team", "blue",
                        "nightly", "true",
                        "feature", "rank"));
    }

    @Test
    void theTierThatWasGivenCountsBeforeTheOneAskedFor() {
        var asked =
                "{\"id\": \"a\", \"model\": \"m\", \"prompt_tokens\": 1, \"model_parameters\": {\"service_tier\": \"flex\"}}";

        assertThat(callback(asked).serviceTier()).isEqualTo("flex");
        assertThat(callback(asked.replace("\"id\"", "\"response\": {\"service_tier\": \"default\"}, \"id\""))
                        .serviceTier())
                .isEqualTo("standard");
    }

    @Test
    void aLookThatFindsABatchFinishedTellsWhatItCost_andOneBeforeDoesNotTakeItsId() {
        var poll =
                "{\"id\": \"batch_1\", \"call_type\": \"aretrieve_batch\", \"model\": \"gpt-4o\", \"prompt_tokens\": 0}";
        var early = callback(poll);
        assertThat(early.id()).isEqualTo("aretrieve_batch batch_1");
        assertThat(early.reportedCost()).isEqualTo(Money.ZERO);

        var finished = callback(poll.replace(
                "\"prompt_tokens\": 0", "\"prompt_tokens\": 1000, \"completion_tokens\": 50, \"response_cost\": 0.5"));
        assertThat(finished.id()).isEqualTo("batch batch_1");
        assertThat(finished.serviceTier()).isEqualTo("batch");
        assertThat(finished.tokens()).isEqualTo(Tokens.of(1000, 50));
        assertThat(finished.reportedCost()).isEqualTo(Money.of("0.5"));

        var exported = export("""
            {"request_id": "a-hash-of-the-answer", "call_type": "aretrieve_batch", "model": "gpt-4o", "prompt_tokens": 1000,
             "completion_tokens": 50, "spend": 0.5, "response": {"id": "batch_1", "output_file_id": "f"}}
            """);
        assertThat(exported).isEqualTo(finished);
    }

    @Test
    void looksAtResponsesCostNothing_inTheExportToo() {
        for (var type : List.of("aget_responses", "alist_input_items", "cancel_batch", "adelete_file")) {
            var look = export("{\"request_id\": \"r\", \"call_type\": \"" + type
                    + "\", \"model\": \"gpt-4o\", \"prompt_tokens\": 10, \"spend\": 0.5}");
            assertThat(look.id()).isEqualTo(type + " r");
            assertThat(look.tokens()).isEqualTo(Tokens.NONE);
            assertThat(look.reportedCost()).isEqualTo(Money.ZERO);
        }
    }

    private static RecordUsage callback(String payload) {
        var read = UsageBody.json(
                payload.getBytes(StandardCharsets.UTF_8), (json, index) -> LiteLlmCall.read(json, index, NOW));
        assertThat(read.getFirst().errors()).isEmpty();
        return read.getFirst().command();
    }

    private static RecordUsage export(String row) {
        return ReadSpendLogs.one(row);
    }
}
