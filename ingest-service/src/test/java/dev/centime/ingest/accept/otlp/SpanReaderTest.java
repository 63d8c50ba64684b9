package dev.centime.ingest.accept.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import dev.centime.contracts.UsageRecorded.Status;
import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.command.recordusage.Submitted;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpanReaderTest {
    @Test
    void readsWhatASpanSays() {
        var records = read(Fixtures.bytes("otlp/genai_spans.json"));

        assertThat(records).hasSize(2);
        var call = records.getFirst().command();
        assertThat(call.id()).isEqualTo("5b8efff798038103d269b633813fc60c-eee19b7ec3c1b174");
        assertThat(call.timestamp()).isEqualTo("2025-11-22T10:00:00Z");
        assertThat(call.latencyMs()).isEqualTo(1500);
        assertThat(call.provider()).isEqualTo("openai");
        assertThat(call.model()).isEqualTo("gpt-4o-2024-08-06");
        assertThat(call.operation()).isEqualTo("chat");
        assertThat(call.session()).isEqualTo("conversation-1");
        assertThat(call.user()).isEqualTo("ann");
        assertThat(call.project()).isEqualTo("checkout");
        assertThat(call.serviceTier()).isEqualTo("standard");
        assertThat(call.tags()).isEqualTo(Map.of("team", "search"));
        assertThat(List.of(call.inputTokens(), call.cacheReadTokens(), call.outputTokens()))
                .containsExactly(400L, 600L, 500L);
        assertThat(call.status()).isEqualTo(Status.OK);
        var failed = records.getLast().command();
        assertThat(failed.status()).isEqualTo(Status.ERROR);
        assertThat(failed.errorType()).isEqualTo("timeout");
        assertThat(List.of(failed.inputTokens(), failed.cacheReadTokens(), failed.cacheWriteTokens()))
                .containsExactly(1000L, 20000L, 3500L);
    }

    @Test
    void readsProtobufAsJson() {
        var json = read(Fixtures.bytes("otlp/genai_spans.json"));
        var protobuf = JsonSpansFuzzTest.submitted(ProtobufSpans.read(ProtobufSpansFuzzTest.request()));

        assertThat(protobuf.getFirst().command()).isEqualTo(json.getFirst().command());
    }

    @Test
    void readsLangfusesAttributes_andNotItsAgents() {
        var records = read(Fixtures.bytes("otlp/langfuse_span.json"));

        assertThat(records).hasSize(1);
        var call = records.getFirst().command();
        assertThat(List.of(call.inputTokens(), call.cacheReadTokens(), call.outputTokens()))
                .containsExactly(1000L, 20000L, 700L);
        assertThat(call.reportedCost().toString()).isEqualTo("0.0195");
        assertThat(call.user()).isEqualTo("ann");
        assertThat(call.session()).isEqualTo("session-1");
        assertThat(call.project()).isNull();
        assertThat(call.tags()).isEqualTo(Map.of("team", "search", "dev", "true"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'gen_ai.operation.name': 'fetch_response'",
                "'gen_ai.operation.name': 'invoke_agent'",
                "'gen_ai.operation.name': 'execute_tool'",
                "'gen_ai.operation.name': 'invoke_workflow'",
                "'openinference.span.kind': 'AGENT'",
                "'openinference.span.kind': 'CHAIN'",
                "'traceloop.span.kind': 'workflow'",
                "'langfuse.observation.type': 'span'",
                "'http.request.method': 'POST'"
            })
    void countsNothingTwice(String attribute) {
        var usage = attribute.startsWith("'http")
                ? ""
                : ", 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 10";

        assertThat(span(attribute + usage)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'gen_ai.operation.name': 'chat'",
                "'gen_ai.operation.name': 'text_completion'",
                "'gen_ai.operation.name': 'embeddings'",
                "'gen_ai.operation.name': 'generate_content'",
                "'gen_ai.operation.name': 'something new'",
                "'gen_ai.system': 'openai'",
                "'openinference.span.kind': 'LLM'",
                "'openinference.span.kind': 'EMBEDDING'",
                "'llm.request.type': 'chat'",
                "'langfuse.observation.type': 'generation'"
            })
    void countsCalls(String attribute) {
        assertThat(span(attribute + ", 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 10"))
                .singleElement()
                .satisfies(record -> assertThat(record.command().inputTokens()).isEqualTo(10));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'gen_ai.request.model': 'gpt-4o' | gen_ai.usage.input_tokens",
                "'gen_ai.usage.input_tokens': 10 | gen_ai.request.model",
                "'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': -1 | gen_ai.usage.input_tokens",
                "'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 'x' | gen_ai.usage.input_tokens",
                "'gen_ai.request.model': 5, 'gen_ai.usage.input_tokens': 1 | gen_ai.request.model",
                "'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 1, 'gen_ai.usage.cost': -1 |"
                        + " gen_ai.usage.cost"
            })
    void refusesACall_namingTheAttribute(String attributes, String field) {
        assertThat(span("'gen_ai.operation.name': 'chat', " + attributes))
                .singleElement()
                .satisfies(
                        record -> assertThat(record.errors().getFirst().field()).isEqualTo(field));
    }

    /** All zeros would make one call of all that have lost their ids; an id of any length would be a key of any length. */
    @ParameterizedTest
    @CsvSource({
        "00000000000000000000000000000000, eee19b7ec3c1b174, traceId",
        "5b8efff798038103d269b633813fc60c, 0000000000000000, spanId",
        "5b8efff798038103d269b633813fc6, eee19b7ec3c1b174, traceId",
        "5b8efff798038103d269b633813fc60c5b8efff798038103d269b633813fc60c, eee19b7ec3c1b174, traceId",
        "5b8efff798038103d269b633813fc60c, eee19b7ec3c1b17400, spanId",
        "5b8efff798038103d269b633813fc60c, '', spanId"
    })
    void anIdThatIsNone_isTheFaultOfItsSpanAlone_inBothEncodings(String traceId, String spanId, String field) {
        var json = read(new String(Fixtures.bytes("otlp/genai_spans.json"), StandardCharsets.UTF_8)
                .replaceFirst("(?i)5b8efff798038103d269b633813fc60c", traceId)
                .replaceFirst("(?i)eee19b7ec3c1b174", spanId)
                .getBytes(StandardCharsets.UTF_8));
        var protobuf = JsonSpansFuzzTest.submitted(ProtobufSpans.read(ProtobufSpansFuzzTest.request(
                span -> span.setTraceId(ByteString.fromHex(traceId)).setSpanId(ByteString.fromHex(spanId)))));

        for (var records : List.of(json, protobuf)) {
            assertThat(records).hasSize(2);
            assertThat(records.getFirst().errors()).singleElement().satisfies(error -> assertThat(error.field())
                    .isEqualTo(field));
            assertThat(records.getLast().errors()).isEmpty();
        }
        assertThat(protobuf.getFirst().errors()).isEqualTo(json.getFirst().errors());
    }

    @Test
    void langfusesReleaseAndMetadataAreTags_withinBounds() {
        var long1 = "said ".repeat(50);
        var records = span(
                "'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 1,"
                        + " 'langfuse.release': 'v7', 'langfuse.trace.metadata.tenant': 'acme', 'langfuse.trace.metadata.note': '"
                        + long1 + "', 'gen_ai.agent.name': 'planner', 'langfuse.trace.metadata.agent': 'other'");
        assertThat(records.getFirst().command().tags())
                .isEqualTo(Map.of("release", "v7", "tenant", "acme", "agent", "planner"));

        var whole = span(
                "'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 1, "
                                .replace('\'', '"')
                        + "\"langfuse.trace.metadata\": \"{\\\"region\\\":\\\"eu\\\",\\\"inner\\\":{\\\"x\\\":1}}\"");
        assertThat(whole.getFirst().command().tags()).isEqualTo(Map.of("region", "eu"));
        var broken = span(
                "'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o', 'gen_ai.usage.input_tokens': 1,"
                        + " 'langfuse.trace.metadata': '{broken'");
        assertThat(broken.getFirst().command().tags()).isEmpty();
    }

    @Test
    void aFailedCallWithoutUsage_isACallThatCostNothing() {
        assertThat(span("'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o', 'error.type': '429'"))
                .singleElement()
                .satisfies(record -> {
                    assertThat(record.command().status()).isEqualTo(Status.ERROR);
                    assertThat(record.command().errorType()).isEqualTo("429");
                });
    }

    /** @param attributes in JSON with single quotes */
    private static List<Submitted> span(String attributes) {
        var sent = new StringBuilder();
        for (var attribute : attributes.replace('\'', '"').split(", (?=\")")) {
            var parts = attribute.split(": ", 2);
            var kind = parts[1].startsWith("\"") ? "stringValue" : "intValue";
            sent.append(sent.isEmpty() ? "" : ",")
                    .append("{\"key\": %s, \"value\": {\"%s\": %s}}".formatted(parts[0], kind, parts[1]));
        }
        return read(("""
            {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "5b8efff798038103d269b633813fc60c",
             "spanId": "eee19b7ec3c1b174", "startTimeUnixNano": "1763805600000000000", "attributes": [%s]}]}]}]}
            """.formatted(sent)).getBytes(StandardCharsets.UTF_8));
    }

    private static List<Submitted> read(byte[] body) {
        return JsonSpansFuzzTest.submitted(JsonSpans.read(body));
    }
}
