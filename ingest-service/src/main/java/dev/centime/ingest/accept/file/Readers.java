package dev.centime.ingest.accept.file;

/** The reader of each format. */
final class Readers {
    private Readers() {}

    static FileReader of(FileFormat format) {
        return switch (format) {
            case CSV -> new CsvTable();
            case JSONL -> new NativeRecords();
            case COST_TRACKING -> new CostTracking();
            case CLAUDE_CODE -> new ClaudeCodeLog();
            case CODEX -> new CodexLog();
            case LITELLM -> new LiteLlmSpendLogs();
            case OPENAI -> new ProviderReports(new OpenAiReport());
            case ANTHROPIC -> new ProviderReports(new AnthropicReport());
        };
    }
}
