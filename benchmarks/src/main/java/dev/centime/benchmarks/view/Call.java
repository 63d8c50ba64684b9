package dev.centime.benchmarks.view;

/** A call as the benchmark stores it: some 250 bytes of JSON. */
record Call(
        long hour,
        String model,
        String project,
        String session,
        String run,
        long inputTokens,
        long outputTokens,
        long cacheReadTokens,
        long latencyMs,
        String cost) {}
