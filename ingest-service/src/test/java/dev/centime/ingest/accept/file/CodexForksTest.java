package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Tokens;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A fork's log begins with a copy of its parent's. Their shapes as reported for Codex (ccusage issues 897, 1370 and 1460, tokscale
 * 895, cc-switch 5235 and 5435).
 */
class CodexForksTest {
    private static final String CREATED = "2026-05-13T10:00:00.500Z";
    private static final String FORK = meta("child", ",\"forked_from_id\":\"parent\"");
    private static final String PARENT = meta("parent", "");

    @Test
    void copiedRowsOnlySetWhereTheForkBegins() {
        var given = fork(
                started("10:00:00", 1778666000L),
                context("10:00:00"),
                tokens("10:00:00", 100, 100),
                tokens("10:00:00", 200, 300),
                // 10:00:07, of the fork itself
                started("10:00:07", 1778666407L),
                context("10:00:07"),
                tokens("10:00:09", 50, 350));

        assertThat(given.records).singleElement().satisfies(record -> {
            assertThat(record.inputTokens()).isEqualTo(50);
            assertThat(record.session()).isEqualTo("child");
            assertThat(record.project()).isEqualTo("child");
        });
        assertThat(given.repeated).isEqualTo(2);
    }

    @Test
    void copyingMayTakeSeconds_andKeepTheMomentsOfTheParent() {
        var given = fork(
                started("09:10:00", 1778663400L),
                tokens("09:10:05", 100, 100),
                started("09:20:00", 1778664000L),
                tokens("09:20:05", 200, 300),
                started("10:00:00", 1778666400L),
                tokens("10:00:03", 50, 350));

        assertThat(given.records).extracting(RecordUsage::inputTokens).containsExactly(50L);
    }

    @Test
    void withoutItsBeginningATurnIsAsOldAsItsId() {
        var given = fork(
                context("10:00:03", uuid(0x19e20c15000L)),
                tokens("10:00:03", 100, 100),
                context("10:00:04", uuid(0x19e2fffffffL)),
                tokens("10:00:05", 20, 120));

        assertThat(given.records).extracting(RecordUsage::inputTokens).containsExactly(20L);
    }

    @Test
    void withoutAnythingTheRowsOwnMomentCounts() {
        var given = fork(
                context("10:00:00"), tokens("10:00:00", 100, 100), context("10:00:05"), tokens("10:00:06", 20, 120));

        assertThat(given.records).extracting(RecordUsage::inputTokens).containsExactly(20L);
    }

    @Test
    void whereTheForkIsToldOfAgain_itsOwnRowsBegin() {
        var given = fork(tokens("10:00:00", 100, 100), FORK, tokens("10:00:00", 20, 120));

        assertThat(given.records).extracting(RecordUsage::inputTokens).containsExactly(20L);
    }

    @Test
    void aForkThatNobodyWroteInCostsNothing() {
        var given = fork(started("10:00:00", 1778666000L), tokens("10:00:00", 100, 100));

        assertThat(given.records).isEmpty();
        assertThat(given.repeated).isEqualTo(1);
    }

    @Test
    void aSubAgentThatIsNoForkBeginsAtNothing_underItsOwnId() {
        var given = read(
                meta("child", ",\"source\":{\"subagent\":{\"thread_spawn\":{\"parent_thread_id\":\"parent\"}}}"),
                PARENT,
                context("10:00:00"),
                tokens("10:00:00", 100, 100));

        assertThat(given.records).singleElement().satisfies(record -> {
            assertThat(record.inputTokens()).isEqualTo(100);
            assertThat(record.session()).isEqualTo("child");
        });
    }

    @Test
    void whatWasWrittenToTheCacheIsInsideInput() {
        var given = read(
                "{\"timestamp\":\"2026-05-13T10:00:00Z\",\"type\":\"event_msg\",\"payload\":{\"type\":\"token_count\",\"info\":{"
                        + "\"total_token_usage\":{\"input_tokens\":100,\"cached_input_tokens\":30,"
                        + "\"cache_write_input_tokens\":20,\"output_tokens\":5}}}}");

        assertThat(given.records.getFirst().tokens()).isEqualTo(new Tokens(50, 30, 20, 0, 5, 0, 0, 0, 0));
    }

    private static GivenFiles fork(String... rows) {
        var lines = new ArrayList<>(List.of(FORK, PARENT));
        lines.addAll(List.of(rows));
        return read(lines.toArray(String[]::new));
    }

    private static GivenFiles read(String... lines) {
        var given = GivenFiles.text("rollout.jsonl", lines);
        assertThat(given.formats).containsExactly("codex");
        assertThat(given.rejected).isEmpty();
        return given;
    }

    private static String meta(String id, String more) {
        return row(
                "10:00:00",
                "session_meta",
                "\"id\":\"%s\",\"timestamp\":\"%s\",\"cwd\":\"/home/ann/%s\"%s"
                        .formatted(id, id.equals("child") ? CREATED : "2026-05-13T09:00:00Z", id, more));
    }

    private static String started(String time, long at) {
        return row(time, "event_msg", "\"type\":\"task_started\",\"started_at\":" + at);
    }

    private static String context(String time) {
        return row(time, "turn_context", "\"model\":\"gpt-5\"");
    }

    private static String context(String time, String turn) {
        return row(time, "turn_context", "\"model\":\"gpt-5\",\"turn_id\":\"" + turn + "\"");
    }

    private static String uuid(long millis) {
        var hex = "%012x".formatted(millis);
        return hex.substring(0, 8) + "-" + hex.substring(8) + "-7abc-8def-0123456789ab";
    }

    private static String tokens(String time, long last, long total) {
        return row(time, "event_msg", """
            "type":"token_count","info":{"last_token_usage":{"input_tokens":%d},"total_token_usage":{"input_tokens":%d}}\
            """.formatted(last, total));
    }

    private static String row(String time, String type, String payload) {
        return "{\"timestamp\":\"2026-05-13T%sZ\",\"type\":\"%s\",\"payload\":{%s}}".formatted(time, type, payload);
    }
}
