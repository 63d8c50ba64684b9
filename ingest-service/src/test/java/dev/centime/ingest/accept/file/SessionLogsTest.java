package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Money;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded.Convention;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Session logs of coding agents, from real ones and from what people reported of them. */
class SessionLogsTest {
    @Test
    void claudeCode_aCallIsItsMessageAndItsRequest() {
        var given = GivenFiles.fixture("claude-alpha.jsonl");

        assertThat(given.formats).containsExactly("claude_code");
        assertThat(given.rejected).isEmpty();
        assertThat(given.records)
                .extracting(RecordUsage::id)
                .containsExactly("msg-alpha-1:req-alpha-1", "msg-alpha-2:req-alpha-2", "msg-alpha-3:req-alpha-3");
        var second = given.records.get(1);
        assertThat(second.tokens()).isEqualTo(new Tokens(200, 20, 50, 0, 75, 0, 0, 0, 0));
        assertThat(second.model()).isEqualTo("claude-opus-4-20250514");
        assertThat(second.provider()).isEqualTo("anthropic");
        assertThat(second.session()).isEqualTo("session-alpha");
        assertThat(second.timestamp()).isEqualTo(Instant.parse("2026-01-09T12:30:00Z"));
        assertThat(second.reportedCost()).isEqualTo(Money.of("0.34"));
        assertThat(second.tags()).containsEntry("speed", "fast");
        assertThat(second.serviceTier()).isEqualTo("fast");
        assertThat(given.submitted.get(1).origin().convention()).isEqualTo(Convention.CACHED_BESIDE_INPUT);
    }

    @Test
    void claudeCode_rowsThatTellOfNoCallAreIgnored() {
        var given = GivenFiles.fixture("claude-session.jsonl");
        assertThat(given.records).isEmpty();
        assertThat(given.rejected).isEmpty();
        assertThat(given.ignored).isEqualTo(8);

        var edges = GivenFiles.fixture("claude-edge-cases.jsonl");
        assertThat(edges.records).extracting(RecordUsage::outputTokens).contains(145L, 25L, 180L);
        assertThat(edges.records).extracting(RecordUsage::session).contains("edge_cases", "todowrite_session");
        assertThat(edges.records.getFirst().project()).isEqualTo("tmp");
    }

    @Test
    void claudeCode_theLargestRowOfACallCounts_atTheMomentOfTheFirst() {
        var given = GivenFiles.text(
                "s.jsonl",
                row("m1", "r1", false, "10:00:00", 1000, 1),
                row("m1", "r1", false, "10:00:02", 1000, 400),
                row("m1", "r1", false, "10:00:01", 1000, 30),
                row("m2", "r2", false, "10:00:03", 5, 6));

        assertThat(given.records).hasSize(2);
        assertThat(given.repeated).isEqualTo(2);
        assertThat(given.records.getFirst().outputTokens()).isEqualTo(400);
        assertThat(given.records.getFirst().timestamp()).isEqualTo(Instant.parse("2026-01-09T10:00:00Z"));
        assertThat(given.records.getFirst().project()).isEqualTo("shop");
    }

    @Test
    void claudeCode_withoutARequestTheMessageAloneIsTheCall() {
        var given = GivenFiles.text(
                "s.jsonl", row("m1", null, false, "10:00:00", 1, 2), row("m1", null, false, "10:00:01", 1, 2));

        assertThat(given.records).extracting(RecordUsage::id).containsExactly("m1");
        assertThat(given.repeated).isEqualTo(1);
    }

    @Test
    void claudeCode_aSidechainThatReplaysWhatWasSaidCostsNothing() {
        var given = GivenFiles.text(
                "s.jsonl",
                row("m1", "r1", false, "10:00:00", 100, 20),
                row("m1", "replayed", true, "10:00:05", 100, 20),
                row("m9", "r9", true, "10:00:06", 7, 8));

        assertThat(given.records).extracting(RecordUsage::id).containsExactly("m1:r1", "m9:r9");
        assertThat(given.repeated).isEqualTo(1);
        assertThat(given.records.get(1).tags()).containsEntry("sidechain", "true");
    }

    @Test
    void claudeCode_theReplayMayBeReadFirst() {
        var given = GivenFiles.text(
                "s.jsonl",
                row("m1", "replayed", true, "10:00:05", 100, 20),
                row("m1", "r1", false, "10:00:00", 100, 20));

        assertThat(given.records).extracting(RecordUsage::id).containsExactly("m1:r1");
        assertThat(given.repeated).isEqualTo(1);
    }

    @Test
    void claudeCode_errorsOfTheInterfaceAreNoCalls_andABrokenLineIsItsOwn() {
        var given = GivenFiles.text(
                "s.jsonl",
                "{\"sessionId\":\"s\",\"isApiErrorMessage\":true,\"message\":{\"id\":\"x\",\"model\":\"<synthetic>\","
                        + "\"usage\":{\"input_tokens\":0,\"output_tokens\":0}}}",
                "{\"sessionId\":\"s\",\"message\":{\"id\":\"y\",\"model\":\"claude-x\",\"usage\":{\"input_tokens\":0}}}",
                "{\"sessionId\":\"s\",\"message\":{\"id\":\"z\",\"usage\":{\"input_tokens\":5}}}",
                "{\"sessionId\":\"s\",\"message\":{\"id\":\"z\",\"model\":\"claude-x\",\"usage\":{\"input_tokens\":-5}}}",
                "{\"sessionId\":\"s\",\"message\":{\"id\":\"w\",\"usage\":{\"input_tok");

        assertThat(given.records).isEmpty();
        assertThat(given.ignored).isEqualTo(2);
        assertThat(given.rejected)
                .containsExactly(
                        "3 message.model is required",
                        "4 message.usage.input_tokens must not be negative",
                        "5 line must be well-formed JSON in UTF-8");
    }

    @Test
    void codex_aCallIsTheDifferenceOfTotals() {
        var given = GivenFiles.fixture("codex-alpha.jsonl");

        assertThat(given.formats).containsExactly("codex");
        assertThat(given.records).hasSize(2);
        assertThat(given.records.get(0).tokens()).isEqualTo(new Tokens(750, 250, 0, 0, 125, 75, 0, 0, 0));
        assertThat(given.records.get(1).tokens()).isEqualTo(new Tokens(2000, 500, 0, 0, 300, 200, 0, 0, 0));
        assertThat(given.records).extracting(RecordUsage::model).containsExactly("gpt-5.2-codex", "gpt-5.3-codex");
        assertThat(given.records.get(0).session()).isEqualTo("codex-alpha");
        assertThat(given.submitted.get(0).origin().convention()).isEqualTo(Convention.CACHED_INSIDE_INPUT);
    }

    @Test
    void codex_aTotalToldAgainIsNoCall_andOneThatFallsBeginsAnew() {
        var given = GivenFiles.text(
                "rollout.jsonl",
                "{\"type\":\"session_meta\",\"payload\":{\"id\":\"s-7\",\"cwd\":\"/home/ann/shop\"}}",
                "{\"type\":\"turn_context\",\"payload\":{\"model\":\"gpt-5\"}}",
                tokens("10:00:00", 100, 10, 100, 10),
                tokens("10:00:01", 100, 10, 100, 10),
                tokens("10:00:02", 30, 3, 130, 13),
                tokens("10:00:03", 40, 4, 40, 4));

        assertThat(given.records).extracting(RecordUsage::inputTokens).containsExactly(100L, 30L, 40L);
        assertThat(given.repeated).isEqualTo(1);
        assertThat(given.records).allSatisfy(record -> {
            assertThat(record.session()).isEqualTo("s-7");
            assertThat(record.project()).isEqualTo("shop");
            assertThat(record.model()).isEqualTo("gpt-5");
        });
    }

    private static String row(String message, String request, boolean sidechain, String time, long in, long out) {
        return """
                {"type":"assistant","timestamp":"2026-01-09T%sZ","sessionId":"s-1","cwd":"/home/ann/shop","isSidechain":%s,%s\
                "message":{"id":"%s","model":"claude-opus-4-20250514","content":[{"type":"text","text":"a secret"}],\
                "usage":{"input_tokens":%d,"output_tokens":%d}}}""".formatted(
                        time, sidechain, request == null ? "" : "\"requestId\":\"" + request + "\",", message, in, out);
    }

    private static String tokens(String time, long lastIn, long lastOut, long in, long out) {
        return """
                {"timestamp":"2026-05-13T%sZ","type":"event_msg","payload":{"type":"token_count","info":{\
                "last_token_usage":{"input_tokens":%d,"output_tokens":%d},\
                "total_token_usage":{"input_tokens":%d,"output_tokens":%d}}}}""".formatted(time, lastIn, lastOut, in, out);
    }
}
