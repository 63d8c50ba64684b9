package dev.centime.ingest.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageRecorded.Convention;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How each source's counts become kinds that never overlap. Every count of a block is in exactly one kind. */
class UsageBlocksTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    /** input, cacheRead, cacheWrite, cacheWrite1h, output, reasoning, inputAudio, outputAudio, inputImage */
    private static Tokens tokens(long... counts) {
        return new Tokens(
                counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6], counts[7], counts[8]);
    }

    @Test
    void openAiChat_countsCachedAndAudioInsideInput_reasoningInsideOutput() {
        var block = read(OpenAiUsage::read, """
                {"prompt_tokens": 1000, "completion_tokens": 500, "total_tokens": 1500,
                 "prompt_tokens_details": {"cached_tokens": 600, "audio_tokens": 100},
                 "completion_tokens_details": {"reasoning_tokens": 300, "audio_tokens": 50,
                  "accepted_prediction_tokens": 10, "rejected_prediction_tokens": 5}}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(300, 600, 0, 0, 450, 300, 100, 50, 0));
        assertThat(block.tokens().total()).isEqualTo(1500);
        assertThat(block.origin().convention()).isEqualTo(Convention.CACHED_INSIDE_INPUT);
        assertThat(block.origin().negativeRemainder()).isFalse();
    }

    @Test
    void openAiChat_withoutDetails_isInputAndOutput() {
        assertThat(read(OpenAiUsage::read, """
                {"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 30,
                 "completion_tokens_details": null, "prompt_tokens_details": null}
                """).tokens()).isEqualTo(Tokens.of(10, 20));
    }

    @Test
    void openAiResponses_countCachedInsideInput() {
        assertThat(read(OpenAiUsage::read, """
                {"input_tokens": 2000, "input_tokens_details": {"cached_tokens": 1920, "cache_write_tokens": 50},
                 "output_tokens": 40, "output_tokens_details": {"reasoning_tokens": 30}, "total_tokens": 2040}
                """).tokens()).isEqualTo(tokens(30, 1920, 50, 0, 40, 30, 0, 0, 0));
    }

    @Test
    void openAiRealtime_takesCachedAudioOutOfAudio() {
        var block = read(OpenAiUsage::read, """
                {"input_tokens": 1000, "output_tokens": 300, "total_tokens": 1300,
                 "input_token_details": {"text_tokens": 400, "audio_tokens": 600, "cached_tokens": 500,
                   "cached_tokens_details": {"text_tokens": 200, "audio_tokens": 300}},
                 "output_token_details": {"text_tokens": 100, "audio_tokens": 200}}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(200, 500, 0, 0, 100, 0, 300, 200, 0));
        assertThat(block.tokens().total()).isEqualTo(1300);
    }

    @Test
    void reasoningBesideCompletion_isSeenByTheTotal() {
        assertThat(read(OpenAiUsage::read, """
                {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 420,
                 "completion_tokens_details": {"reasoning_tokens": 300}}
                """).tokens()).isEqualTo(tokens(100, 0, 0, 0, 320, 300, 0, 0, 0));
    }

    @Test
    void moreCachedThanInput_isFlagged_andNeverNegative() {
        var block = read(OpenAiUsage::read, """
                {"prompt_tokens": 10, "completion_tokens": 5, "prompt_tokens_details": {"cached_tokens": 4000}}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(0, 4000, 0, 0, 5, 0, 0, 0, 0));
        assertThat(block.origin().negativeRemainder()).isTrue();
    }

    @Test
    void moreReasoningThanOutput_isFlagged_andNeverMoreThanTheOutput() {
        var block = read(OpenAiUsage::read, """
                {"prompt_tokens": 10, "completion_tokens": 5, "completion_tokens_details": {"reasoning_tokens": 9}}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(10, 0, 0, 0, 5, 5, 0, 0, 0));
        assertThat(block.origin().negativeRemainder()).isTrue();
    }

    @Test
    void anthropic_countsCachedBesideInput_andWritesByTheirTime() {
        var block = read(ProviderUsage::read, """
                {"input_tokens": 21, "output_tokens": 393, "cache_read_input_tokens": 188086,
                 "cache_creation_input_tokens": 556,
                 "cache_creation": {"ephemeral_5m_input_tokens": 456, "ephemeral_1h_input_tokens": 100},
                 "server_tool_use": {"web_search_requests": 3, "web_fetch_requests": 0}, "service_tier": "batch",
                 "inference_geo": "us"}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(21, 188086, 456, 100, 393, 0, 0, 0, 0));
        assertThat(block.toolCalls()).isEqualTo(Map.of("web_search", 3L));
        assertThat(block.serviceTier()).isEqualTo("batch");
        assertThat(block.region()).isEqualTo("us");
        assertThat(block.origin().convention()).isEqualTo(Convention.CACHED_BESIDE_INPUT);
    }

    @Test
    void anthropic_chargesFastModeAsATier() {
        assertThat(read(AnthropicUsage::read, """
                {"input_tokens": 1, "output_tokens": 2, "service_tier": "standard", "speed": "fast"}
                """).serviceTier()).isEqualTo("fast");
        assertThat(read(AnthropicUsage::read, """
                {"input_tokens": 1, "output_tokens": 2, "service_tier": "priority", "speed": "standard"}
                """).serviceTier()).isEqualTo("priority");
    }

    @Test
    void anthropic_whatSummingUpTook_isChargedBesidesTheAnswer() {
        var block = read(AnthropicUsage::read, """
                {"input_tokens": 23000, "output_tokens": 1000, "cache_read_input_tokens": 7, "iterations": [
                 {"type": "compaction", "input_tokens": 180000, "output_tokens": 3500, "cache_read_input_tokens": 5,
                  "cache_creation_input_tokens": 30, "cache_creation": {"ephemeral_1h_input_tokens": 10}},
                 {"type": "message", "input_tokens": 23000, "output_tokens": 1000}]}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(203000, 12, 20, 10, 4500, 0, 0, 0, 0));
        assertThat(block.origin().rawUsage().at("/iterations/0/type").asText()).isEqualTo("compaction");
        assertThat(block.origin().rawUsage().at("/iterations/0/input_tokens").asInt())
                .isEqualTo(180000);
        assertThat(block.origin().rawUsage().at("/iterations/1/type").asText()).isEqualTo("message");
    }

    @Test
    void ofListsTheNumbersAreKept_withTheWordThatSaysOfWhat_andNoText() {
        var raw = read(GeminiUsage::read, """
                {"promptTokenCount": 100, "promptTokensDetails": [
                  {"modality": "TEXT", "tokenCount": 60, "note": "a secret"}, {"modality": "AUDIO", "tokenCount": 40},
                  {"modality": "what was said, as text", "tokenCount": 0}, {"modality": "IMAGE"}]}
                """).origin().rawUsage();

        assertThat(raw.toString())
                .isEqualTo(
                        "{\"promptTokenCount\":100,\"promptTokensDetails\":["
                                + "{\"tokenCount\":60,\"modality\":\"TEXT\"},{\"tokenCount\":40,\"modality\":\"AUDIO\"},{\"tokenCount\":0}]}");
    }

    @Test
    void anthropic_withoutTheTimes_wroteForFiveMinutes() {
        assertThat(read(ProviderUsage::read, """
                {"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 30, "cache_read_input_tokens": 4}
                """).tokens()).isEqualTo(tokens(1, 4, 30, 0, 2, 0, 0, 0, 0));
    }

    @Test
    void anthropic_whatTheTimesDoNotTellOf_wasWrittenForFiveMinutes() {
        assertThat(read(AnthropicUsage::read, """
                {"input_tokens": 1, "output_tokens": 2, "cache_creation_input_tokens": 30,
                 "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 10}}
                """).tokens()).isEqualTo(tokens(1, 0, 20, 10, 2, 0, 0, 0, 0));
    }

    @Test
    void imagesGenerated_areTakenOutOfTheOutput() {
        var gemini = read(GeminiUsage::read, """
                {"promptTokenCount": 10, "candidatesTokenCount": 1340, "totalTokenCount": 1350,
                 "candidatesTokensDetails": [{"modality": "TEXT", "tokenCount": 50}, {"modality": "IMAGE", "tokenCount": 1290}]}
                """);
        var openAi = read(OpenAiUsage::read, """
                {"input_tokens": 60, "input_tokens_details": {"text_tokens": 10, "image_tokens": 50}, "output_tokens": 4200,
                 "output_tokens_details": {"text_tokens": 40, "image_tokens": 4160}, "total_tokens": 4260}
                """);
        var span = read(OtelUsage::read, """
                {"gen_ai.usage.input_tokens": 10, "gen_ai.usage.output_tokens": 1340, "gen_ai.usage.image.output_tokens": 1290}
                """);
        var langfuse = read(LangfuseUsage::read, """
                {"input": 10, "output": 50, "output_image_tokens": 1290}
                """);

        assertThat(gemini.tokens()).isEqualTo(new Tokens(10, 0, 0, 0, 50, 0, 0, 0, 0, 1290));
        assertThat(openAi.tokens()).isEqualTo(new Tokens(10, 0, 0, 0, 40, 0, 0, 0, 50, 4160));
        assertThat(span.tokens()).isEqualTo(gemini.tokens());
        assertThat(langfuse.tokens()).isEqualTo(gemini.tokens());
    }

    @Test
    void gemini_countsCachedInsideThePrompt_andThoughtsBesideTheCandidates() {
        var block = read(ProviderUsage::read, """
                {"promptTokenCount": 1000, "cachedContentTokenCount": 400, "candidatesTokenCount": 200,
                 "thoughtsTokenCount": 150, "toolUsePromptTokenCount": 30, "totalTokenCount": 1380,
                 "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 700}, {"modality": "AUDIO", "tokenCount": 200},
                   {"modality": "IMAGE", "tokenCount": 100}],
                 "cacheTokensDetails": [{"modality": "TEXT", "tokenCount": 350}, {"modality": "AUDIO", "tokenCount": 50}],
                 "candidatesTokensDetails": [{"modality": "AUDIO", "tokenCount": 80}]}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(380, 400, 0, 0, 270, 150, 150, 80, 100));
        assertThat(block.tokens().total()).isEqualTo(1380);
        assertThat(block.origin().convention()).isEqualTo(Convention.CACHED_INSIDE_INPUT);
    }

    @Test
    void gemini_inSnakeCase() {
        assertThat(read(ProviderUsage::read, """
                {"prompt_token_count": 100, "cached_content_token_count": 40, "candidates_token_count": 20,
                 "thoughts_token_count": 15}
                """).tokens()).isEqualTo(tokens(60, 40, 0, 0, 35, 15, 0, 0, 0));
    }

    @Test
    void langfuse_addsItsBucketsUp() {
        var block = read(LangfuseUsage::read, """
                {"input": 100, "output": 50, "input_cached_tokens": 1000, "input_cache_creation_5m": 20,
                 "input_cache_creation_1h": 30, "output_reasoning_tokens": 70, "input_audio_tokens": 5,
                 "output_accepted_prediction_tokens": 3, "total": 1278}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(100, 1000, 20, 30, 123, 70, 5, 0, 0));
        assertThat(block.tokens().total()).isEqualTo(1278);
        assertThat(block.origin().convention()).isEqualTo(Convention.CACHED_BESIDE_INPUT);
    }

    @Test
    void langfuse_readsAnOpenAiBlockAsOpenAi() {
        var block = read(LangfuseUsage::read, """
                {"prompt_tokens": 1000, "completion_tokens": 50, "prompt_tokens_details": {"cached_tokens": 900}}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(100, 900, 0, 0, 50, 0, 0, 0, 0));
        assertThat(block.origin().convention()).isEqualTo(Convention.CACHED_INSIDE_INPUT);
    }

    @Test
    void langfuse_oldUsage_inCamelCase() {
        assertThat(read(LangfuseUsage::read, "{\"promptTokens\": 7, \"completionTokens\": 8, \"totalTokens\": 15}")
                        .tokens())
                .isEqualTo(Tokens.of(7, 8));
    }

    @Test
    void otel_countsCachedInsideInput_underTheNewNames() {
        var block = read(OtelUsage::read, """
                {"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 500,
                 "gen_ai.usage.cache_read.input_tokens": 600, "gen_ai.usage.cache_write.input_tokens": 100,
                 "gen_ai.usage.reasoning.output_tokens": 300, "gen_ai.usage.audio.input_tokens": 50,
                 "gen_ai.usage.audio.output_tokens": 40, "gen_ai.usage.image.input_tokens": 20,
                 "gen_ai.request.max_tokens": 4096}
                """);

        assertThat(block.tokens()).isEqualTo(tokens(230, 600, 100, 0, 460, 300, 50, 40, 20));
        assertThat(block.origin().convention()).isEqualTo(Convention.CACHED_INSIDE_INPUT);
        assertThat(block.origin().rawUsage().has("gen_ai.request.max_tokens")).isFalse();
        assertThat(block.origin().rawUsage().path("gen_ai.usage.input_tokens").intValue())
                .isEqualTo(1000);
    }

    @Test
    void otel_readsOldNames_andThoseOfTheWild() {
        var expected = tokens(300, 600, 100, 0, 500, 30, 0, 0, 0);
        assertThat(read(OtelUsage::read, """
                {"gen_ai.usage.prompt_tokens": 1000, "gen_ai.usage.completion_tokens": 500,
                 "gen_ai.usage.cache_read_input_tokens": 600, "gen_ai.usage.cache_creation_input_tokens": 100,
                 "gen_ai.usage.reasoning_tokens": 30, "gen_ai.usage.total_tokens": 1500}
                """).tokens()).isEqualTo(expected);
        assertThat(read(OtelUsage::read, """
                {"llm.token_count.prompt": 1000, "llm.token_count.completion": 500, "llm.token_count.total": 1500,
                 "llm.token_count.prompt_details.cache_read": 600, "llm.token_count.prompt_details.cache_write": 100,
                 "llm.token_count.completion_details.reasoning": 30}
                """).tokens()).isEqualTo(expected);
        assertThat(read(OtelUsage::read, """
                {"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 500,
                 "gen_ai.usage.input_tokens.cached": 600, "gen_ai.usage.input_tokens.cache_write": 100,
                 "gen_ai.usage.output_tokens.reasoning": 30}
                """).tokens()).isEqualTo(expected);
        assertThat(read(OtelUsage::read, """
                {"gen_ai.usage.input_tokens": 1000, "gen_ai.usage.output_tokens": 500,
                 "gen_ai.usage.cache_creation.input_tokens": 100, "gen_ai.usage.details.cache_read_tokens": 600,
                 "gen_ai.usage.details.reasoning_tokens": 30}
                """).tokens()).isEqualTo(expected);
    }

    @Test
    void liteLlm_countsWhatAnthropicCachedInsideThePrompt() {
        assertThat(read(ProviderUsage::read, """
                {"prompt_tokens": 1000, "completion_tokens": 50, "total_tokens": 1050,
                 "prompt_tokens_details": {"cached_tokens": 700, "cache_creation_tokens": 200,
                   "cache_creation_token_details": {"ephemeral_5m_input_tokens": 150, "ephemeral_1h_input_tokens": 50}},
                 "cache_read_input_tokens": 700, "cache_creation_input_tokens": 200,
                 "server_tool_use": {"web_search_requests": 1}}
                """).tokens()).isEqualTo(tokens(100, 700, 150, 50, 50, 0, 0, 0, 0));
    }

    @Test
    void rawUsage_keepsNumbersOnly_andIsTheSameWhenReadBack() throws JsonProcessingException {
        var block = read(OpenAiUsage::read, """
                {"prompt_tokens": 10, "completion_tokens": 3000000000, "secret": "a prompt", "list": ["x", 1],
                 "cost": 0.50, "whole": 2.0, "prompt_tokens_details": {"cached_tokens": 1, "text": "b"}}
                """);

        assertThat(block.origin().rawUsage()).isEqualTo(MAPPER.readTree("""
                {"prompt_tokens": 10, "completion_tokens": 3000000000, "cost": 0.5, "whole": 2,
                 "prompt_tokens_details": {"cached_tokens": 1}}
                """));
    }

    @Test
    void countsOfAnotherType_areErrorsThatNameTheirPath() throws JsonProcessingException {
        var payload = Payload.of(
                MAPPER.readTree(
                        "{\"usage\": {\"prompt_tokens\": \"10\", \"prompt_tokens_details\": {\"cached_tokens\": -1}}}"),
                Instant.EPOCH);

        OpenAiUsage.read(payload.object("usage"));

        assertThat(payload.errors().toString())
                .contains("usage.prompt_tokens", "must be a whole number")
                .contains("usage.prompt_tokens_details.cached_tokens", "must not be negative");
    }

    private static UsageBlock read(Function<Payload, UsageBlock> reader, String json) {
        try (var parser = MAPPER.createParser(json)) {
            parser.nextToken();
            var payload = Payload.of(PayloadTree.read(parser, java.util.Set.of()), Instant.EPOCH);
            var block = reader.apply(payload);
            assertThat(payload.errors()).isEmpty();
            return block;
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
