package dev.centime.cli.demo;

import java.util.List;

/**
 * What the calls of the traces are taken for.
 *
 * @param share of its trace's calls
 * @param caches whether its prompts are cached, and whether writing to the cache is charged apart
 */
record Workload(
        double share, String project, String operation, String unit, String provider, String model, Caching caches) {
    enum Caching {
        NONE,
        READS,
        READS_AND_WRITES
    }

    static final List<Workload> OF_AZURE = List.of(
            new Workload(0.46, "ide-assistant", "completion", "completion", "openai", "gpt-4.1", Caching.NONE),
            new Workload(0.22, "ide-assistant", "completion", "completion", "openai", "gpt-4.1-mini", Caching.NONE),
            new Workload(0.16, "code-review", "review", "review", "anthropic", "claude-opus-4-5", Caching.NONE),
            new Workload(0.09, "docs-search", "answer", "answer", "gemini", "gemini-2.5-flash", Caching.NONE),
            new Workload(0.07, "test-writer", "generate-tests", "test", "openai", "gpt-5-mini", Caching.NONE));

    static final List<Workload> OF_MOONCAKE = List.of(
            new Workload(
                    0.50,
                    "support-agent",
                    "conversation",
                    "turn",
                    "anthropic",
                    "claude-sonnet-4-5",
                    Caching.READS_AND_WRITES),
            new Workload(0.30, "research-agent", "conversation", "turn", "openai", "gpt-5", Caching.READS),
            new Workload(0.20, "release-notes", "summary", "summary", "anthropic", "claude-haiku-4-5", Caching.NONE));

    static final List<String> USERS = List.of(
            "ada@example.com",
            "grace@example.com",
            "edsger@example.com",
            "barbara@example.com",
            "donald@example.com",
            "frances@example.com",
            "alan@example.com",
            "katherine@example.com",
            "john@example.com",
            "radia@example.com",
            "tony@example.com",
            "margaret@example.com");

    static Workload of(List<Workload> workloads, double share) {
        var left = share;
        for (var workload : workloads) {
            left -= workload.share;
            if (left < 0) {
                return workload;
            }
        }
        return workloads.getLast();
    }
}
