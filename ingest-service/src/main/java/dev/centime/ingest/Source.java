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
    LANGFUSE;

    /** As events and answers name it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
