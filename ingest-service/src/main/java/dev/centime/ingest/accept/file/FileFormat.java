package dev.centime.ingest.accept.file;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.centime.ingest.Source;
import dev.centime.ingest.command.recordusage.RecordUsage;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The formats of files. */
public enum FileFormat {
    /** A table with a row a call. */
    CSV(Source.API, false),
    /** Centime's own records, one a line or in an array. */
    JSONL(Source.API, false),
    /** {@code COST-TRACKING-*.yaml}: a session's tasks. */
    COST_TRACKING(Source.COST_TRACKING, false),
    CLAUDE_CODE(Source.CLAUDE_CODE, true),
    CODEX(Source.CODEX, false),
    /** The spend logs of a LiteLLM proxy, as JSON or as a table. */
    LITELLM(Source.LITELLM, false),
    /** A page of OpenAI's usage or costs report. */
    OPENAI(Source.OPENAI_REPORT, true),
    /** A page of Anthropic's usage or cost report. */
    ANTHROPIC(Source.ANTHROPIC_REPORT, true);

    private final Source source;
    private final boolean grows;

    FileFormat(Source source, boolean grows) {
        this.source = source;
        this.grows = grows;
    }

    /** As requests and answers name it. */
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Part of the identity of its records. */
    public Source source() {
        return source;
    }

    /** Whether a row may come again with more: of a call that still ran, a bucket that was not over. */
    public boolean grows() {
        return grows;
    }

    /** Which answer a record of this format tells of, where several logs may tell of one. */
    public Optional<ToldAnswer> answer(RecordUsage usage) {
        return this == CLAUDE_CODE ? Optional.of(ClaudeCodeLog.answer(usage)) : Optional.empty();
    }

    public static Optional<FileFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.text().equals(text))
                .findFirst();
    }

    public static List<String> names() {
        return Arrays.stream(values()).map(FileFormat::text).toList();
    }
}
