package dev.centime.ingest.accept.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a file seems to be, by its name and how it begins. */
final class GuessedFormat {
    /** How much of a file is looked at. */
    static final int LOOKED_AT = 1 << 16;

    private static final Pattern COST_TRACKING = Pattern.compile("COST-TRACKING.*\\.ya?ml", Pattern.CASE_INSENSITIVE);
    private static final Pattern CODEX =
            Pattern.compile("\"type\"\\s*:\\s*\"(?:token_count|turn_context|session_meta)\"");
    private static final Pattern CLAUDE_CODE =
            Pattern.compile("\"(?:sessionId|leafUuid|parentUuid|isSidechain)\"\\s*:|\"file-history-snapshot\"");
    private static final Pattern CLAUDE_CODE_ROW =
            Pattern.compile("\"message\"\\s*:\\s*\\{[^\\n]*\"usage\"\\s*:\\s*\\{[^\\n]*\"input_tokens\"");
    private static final Pattern OPENAI =
            Pattern.compile("\"object\"\\s*:\\s*\"(?:bucket|organization\\.(?:usage|costs)[a-z_.]*)\"");
    private static final Pattern ANTHROPIC = Pattern.compile("\"starting_at\"\\s*:");
    private static final Pattern LITELLM = Pattern.compile("\"?request_id\"?[\\s\\S]*\"?startTime\"?");
    private static final Pattern NATIVE = Pattern.compile("\"model\"\\s*:");
    private static final Pattern COST_TRACKING_KEYS = Pattern.compile("(?m)^(?:session|tasks|budget_allocated)\\s*:");

    private GuessedFormat() {}

    /** @param beginning at most {@link #LOOKED_AT} bytes */
    static Optional<FileFormat> of(String name, byte[] beginning) {
        var simple = name.substring(name.lastIndexOf('/') + 1);
        var text = new String(beginning, UTF_8).replace("\uFEFF", "").stripLeading();
        var lower = simple.toLowerCase(Locale.ROOT);
        if (COST_TRACKING.matcher(simple).matches()) {
            return Optional.of(FileFormat.COST_TRACKING);
        }
        if (text.startsWith("{") || text.startsWith("[")) {
            return json(text);
        }
        if (lower.endsWith(".csv") || lower.endsWith(".tsv")) {
            return Optional.of(table(text));
        }
        if (lower.endsWith(".yaml") || lower.endsWith(".yml")) {
            return COST_TRACKING_KEYS.matcher(text).results().count() >= 2
                    ? Optional.of(FileFormat.COST_TRACKING)
                    : Optional.empty();
        }
        return looksLikeATable(text) ? Optional.of(table(text)) : Optional.empty();
    }

    private static Optional<FileFormat> json(String text) {
        if (CODEX.matcher(text).find()) {
            return Optional.of(FileFormat.CODEX);
        }
        if (OPENAI.matcher(text).find()) {
            return Optional.of(FileFormat.OPENAI);
        }
        if (ANTHROPIC.matcher(text).find()) {
            return Optional.of(FileFormat.ANTHROPIC);
        }
        if (CLAUDE_CODE.matcher(text).find() || CLAUDE_CODE_ROW.matcher(text).find()) {
            return Optional.of(FileFormat.CLAUDE_CODE);
        }
        if (LITELLM.matcher(text).find()) {
            return Optional.of(FileFormat.LITELLM);
        }
        return NATIVE.matcher(text).find() ? Optional.of(FileFormat.JSONL) : Optional.empty();
    }

    private static FileFormat table(String text) {
        return LITELLM.matcher(heading(text)).find() ? FileFormat.LITELLM : FileFormat.CSV;
    }

    private static boolean looksLikeATable(String text) {
        var heading = heading(text).toLowerCase(Locale.ROOT);
        return heading.contains("model") && heading.chars().anyMatch(c -> ",;\t|".indexOf(c) >= 0);
    }

    private static String heading(String text) {
        return text.lines().findFirst().orElse("");
    }
}
