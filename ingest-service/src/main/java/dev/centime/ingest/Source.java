package dev.centime.ingest;

import java.util.Locale;

/**
 * The input formats. The format is part of a record's identity, so one call told in two formats is two records; where two paths
 * carry the same ids of the same client (LiteLLM's callback and its spend-log exports), they are one source.
 */
public enum Source {
    /** Centime's own records. */
    API,
    /** OpenTelemetry spans. */
    OTLP,
    CLOUDEVENTS,
    LITELLM,
    LANGFUSE,
    /** The session logs of Claude Code. */
    CLAUDE_CODE,
    /** The session logs of Codex. */
    CODEX,
    /** {@code COST-TRACKING-*.yaml}. */
    COST_TRACKING,
    /** Pages of OpenAI's usage and costs reports. */
    OPENAI_REPORT,
    /** Pages of Anthropic's usage and cost reports. */
    ANTHROPIC_REPORT;

    /** As events and answers name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
