package dev.centime.ingest.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Model;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerTest {
    @ParameterizedTest
    @CsvSource({
        "gpt-4o-mini, OPENAI",
        "chatgpt-4o-latest, OPENAI",
        "gpt-4.1-2025-04-14, OPENAI",
        "ft:gpt-4o-mini:acme::x, OPENAI",
        "openai/gpt-4o, OPENAI",
        "gpt-4, OPENAI_2023",
        "gpt-4-turbo, OPENAI_2023",
        "gpt-35-turbo, OPENAI_2023",
        "gpt-3.5-turbo-0125, OPENAI_2023",
        "gpt-5, OPENAI_REASONING",
        "gpt-5.4-mini, OPENAI_REASONING",
        "o3-mini, OPENAI_REASONING",
        "o1, OPENAI_REASONING",
        "text-embedding-3-small, OPENAI_EMBEDDING",
        "openai.gpt-oss-120b-1:0, GPT_OSS",
        "claude-sonnet-4-5-20250929, CLAUDE",
        "claude-opus-4-20250514, CLAUDE",
        "us.anthropic.claude-3-5-haiku-20241022-v1:0, CLAUDE",
        "claude-opus-4-8, CLAUDE_2026",
        "anthropic/claude-opus-4.7, CLAUDE_2026",
        "claude-sonnet-5, CLAUDE_2026",
        "Gemini-2.5-Flash, GEMINI",
        "us.amazon.nova-pro-v1:0, NOVA",
        "llama-3.3-70b, OTHER",
        "o3d-parser, OTHER"
    })
    void isChosenByTheModelsName(String model, Tokenizer tokenizer) {
        assertThat(Tokenizer.of(new Model("any", model, null, null))).isEqualTo(tokenizer);
    }
}
