package dev.centime.ingest.tokenizer;

import com.knuddels.jtokkit.api.EncodingType;
import dev.centime.contracts.Model;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * How the providers of a family of models count. OpenAI's encodings are public and counted exactly; other providers keep theirs to
 * themselves, and a public encoding times a factor stands in for them. Factors, overheads and errors were fitted to prompts and
 * answers that providers had counted themselves; docs/estimates.md has the table, and a test measures it anew.
 */
public enum Tokenizer {
    /** GPT-3.5 and GPT-4. */
    OPENAI_2023(EncodingType.CL100K_BASE, 1000, 4, 3, 0),
    /** GPT-4o, GPT-4.1 and later ones that do not reason. */
    OPENAI(EncodingType.O200K_BASE, 1000, 4, 3, 0),
    /** GPT-5 and the o series. */
    OPENAI_REASONING(EncodingType.O200K_BASE, 1000, 4, 2, 0),
    OPENAI_EMBEDDING(EncodingType.CL100K_BASE, 1000, 0, 0, 0),
    /** The encoding is GPT-4o's; the server puts a preamble before every prompt. */
    GPT_OSS(EncodingType.O200K_BASE, 1000, 4, 63, 5),
    /** Up to Claude 4.6. */
    CLAUDE(EncodingType.O200K_BASE, 1080, 3, 4, 10),
    /** From Claude Opus 4.7 on: a new encoding, of smaller pieces. */
    CLAUDE_2026(EncodingType.O200K_BASE, 1415, 1, 8, 12),
    GEMINI(EncodingType.O200K_BASE, 1090, 0, 0, 7),
    NOVA(EncodingType.O200K_BASE, 1040, 0, 0, 20),
    /** Every other model. */
    OTHER(EncodingType.O200K_BASE, 1100, 4, 3, 100);

    private static final int WHOLE = 1000;
    private static final Pattern CLAUDE_OF_2026 =
            Pattern.compile("claude-(?:(?:opus|sonnet|haiku)-(?:[5-9]|4[-.][7-9])|fable|mythos).*");
    private static final Pattern REASONING = Pattern.compile("(?:gpt-5|o[134](?![a-z0-9])).*");
    private static final Pattern OMNI = Pattern.compile("(?:gpt-4o|gpt-4\\.|chatgpt-4o|gpt-audio|gpt-realtime).*");
    private static final Pattern OF_2023 = Pattern.compile("gpt-(?:4|3\\.5|35).*");

    private final EncodingType encoding;
    private final int perMille;
    private final int perMessage;
    private final int perPrompt;
    private final int errorPercent;

    Tokenizer(EncodingType encoding, int perMille, int perMessage, int perPrompt, int errorPercent) {
        this.encoding = encoding;
        this.perMille = perMille;
        this.perMessage = perMessage;
        this.perPrompt = perPrompt;
        this.errorPercent = errorPercent;
    }

    /** By the name alone: whoever serves a model, it counts as it was trained to. */
    public static Tokenizer of(Model model) {
        var name = model.name().toLowerCase(Locale.ROOT);
        var claude = name.indexOf("claude");
        if (claude >= 0) {
            return CLAUDE_OF_2026.matcher(name.substring(claude)).matches() ? CLAUDE_2026 : CLAUDE;
        }
        if (name.contains("gemini") || name.contains("gemma")) {
            return GEMINI;
        }
        if (name.contains("gpt-oss")) {
            return GPT_OSS;
        }
        return name.contains("nova-") ? NOVA : ofOpenAi(name.substring(name.lastIndexOf('/') + 1));
    }

    private static Tokenizer ofOpenAi(String name) {
        var bare = name.replaceFirst("^(?:ft:|openai\\.)", "");
        if (REASONING.matcher(bare).matches()) {
            return OPENAI_REASONING;
        }
        if (OMNI.matcher(bare).matches()) {
            return OPENAI;
        }
        if (bare.startsWith("text-embedding-3") || bare.startsWith("text-embedding-ada")) {
            return OPENAI_EMBEDDING;
        }
        return OF_2023.matcher(bare).matches() ? OPENAI_2023 : OTHER;
    }

    /** What the encoding's count of all texts comes to. @param messages in how many of them the texts stand */
    long tokens(long encoded, int messages) {
        return (encoded * perMille + WHOLE / 2) / WHOLE + (long) perMessage * messages + perPrompt;
    }

    EncodingType encoding() {
        return encoding;
    }

    /** Whether the provider's own encoding is counted. */
    public boolean exact() {
        return errorPercent == 0;
    }

    /** By how much a count is usually wrong at most, in percent: nine of ten measured texts were nearer. 0 when exact. */
    public int errorPercent() {
        return errorPercent;
    }

    /** The encoding, with the factor where it stands in for another. */
    public String text() {
        return perMille == WHOLE
                ? encoding.getName()
                : encoding.getName() + " × "
                        + BigDecimal.valueOf(perMille, 3).stripTrailingZeros().toPlainString();
    }
}
