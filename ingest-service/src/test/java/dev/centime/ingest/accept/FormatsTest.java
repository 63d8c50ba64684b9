package dev.centime.ingest.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for every format that is pushed: deliveries count once, in whatever order; nothing that is sent breaks the service. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class FormatsTest {
    private static final int CALLS = 12;
    private static final int SPOILED = 40;
    private static final String JSON = "application/json";

    /** @see #body */
    enum Format {
        API("/api/v1/usage", JSON, "centime/records.json"),
        OTLP("/v1/traces", JSON, "otlp/genai_spans.json"),
        CLOUDEVENTS("/api/v1/usage/cloudevents", "application/cloudevents+json", "cloudevents/openmeter_litellm.json"),
        LITELLM("/api/v1/usage/litellm", JSON, "litellm/anthropic_cached.json"),
        LANGFUSE("/api/v1/usage/langfuse", JSON, "langfuse/batch.json");

        private final String path;
        private final String type;
        private final String fixture;

        Format(String path, String type, String fixture) {
            this.path = path;
            this.type = type;
            this.fixture = fixture;
        }

        /** One call, the n-th, of n thousand tokens in. */
        String body(int n) {
            var tokens = n * 1000;
            return switch (this) {
                case API ->
                    "{\"id\": \"c-%d\", \"timestamp\": \"2025-11-22T10:00:00Z\", \"model\": \"gpt-4o\", \"input_tokens\": %d}"
                            .formatted(n, tokens);
                case OTLP -> """
                    {"resourceSpans": [{"scopeSpans": [{"spans": [{"traceId": "5b8efff798038103d269b633813fc60c",
                     "spanId": "%016x", "startTimeUnixNano": "1763805600000000000", "attributes": [
                      {"key": "gen_ai.request.model", "value": {"stringValue": "gpt-4o"}},
                      {"key": "gen_ai.usage.input_tokens", "value": {"intValue": "%d"}}]}]}]}]}
                    """.formatted(n, tokens);
                case CLOUDEVENTS -> """
                    {"specversion": "1.0", "type": "t", "source": "s", "id": "c-%d", "time": "2025-11-22T10:00:00Z",
                     "data": {"model": "gpt-4o", "prompt_tokens": %d, "completion_tokens": 0}}
                    """.formatted(n, tokens);
                case LITELLM -> """
                    {"id": "c-%d", "model": "gpt-4o", "startTime": 1763805600, "prompt_tokens": %d, "completion_tokens": 0}
                    """.formatted(n, tokens);
                case LANGFUSE -> """
                    {"batch": [{"id": "e-%d", "type": "generation-create", "body": {"id": "c-%d", "model": "gpt-4o",
                     "startTime": "2025-11-22T10:00:00Z", "endTime": "2025-11-22T10:00:01Z", "usageDetails": {"input": %d}}}]}
                    """.formatted(n, n, tokens);
            };
        }
    }

    @Inject
    TestOrganizations organizations;

    @Inject
    MeterRegistry metrics;

    private Api api;

    @BeforeEach
    void anOrganization() {
        api = newcomer();
    }

    private Api newcomer() {
        return new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void deliveredOnce_threeTimes_orOutOfOrder_theTotalsAreTheSame(Format format) {
        var once = newcomer();
        IntStream.rangeClosed(1, CALLS).forEach(n -> deliver(once, format, n));
        var thrice = newcomer();
        var deliveries = new ArrayList<Integer>();
        IntStream.rangeClosed(1, CALLS).forEach(n -> deliveries.addAll(List.of(n, n, n)));
        Collections.shuffle(deliveries, new Random(7));
        var before = counted(format, "duplicate");
        deliveries.forEach(n -> deliver(thrice, format, n));

        assertThat(totals(thrice)).isEqualTo(totals(once));
        assertThat(totals(thrice).get("requests").asInt()).isEqualTo(CALLS);
        assertThat(totals(thrice).get("total_cost").asText()).isEqualTo("0.195");
        assertThat(counted(format, "duplicate") - before).isEqualTo(2.0 * CALLS);
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void whateverIsSent_isNeverAnErrorOfTheService(Format format) {
        var random = new Random(11);
        var good = List.of(Fixtures.bytes(format.fixture), format.body(1).getBytes(StandardCharsets.UTF_8));
        for (int i = 0; i < SPOILED; i++) {
            var body = ParserFuzz.spoiled(good, random);
            var answer = api.send(format.path, format.type, body);
            assertThat(answer.statusCode())
                    .as(() -> answer.asString() + " for " + new String(body, StandardCharsets.ISO_8859_1))
                    .isBetween(200, 499);
        }
    }

    @Test
    void spoiledProtobuf_isNeverAnErrorOfTheService() {
        var random = new Random(13);
        for (int i = 0; i < SPOILED; i++) {
            var body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            assertThat(api.send("/v1/traces", "application/x-protobuf", body).statusCode())
                    .isBetween(200, 499);
        }
    }

    @Test
    void countsThatDoNotFitTogether_areFlaggedAndCounted() {
        var before = metrics.counter("centime.usage.negative.remainder", "source", "litellm")
                .count();
        api.send("/api/v1/usage/litellm", JSON, """
            {"id": "odd", "model": "gpt-4o", "prompt_tokens": 10, "completion_tokens": 1, "metadata": {"usage_object":
             {"prompt_tokens": 10, "completion_tokens": 1, "prompt_tokens_details": {"cached_tokens": 4000}}}}
            """.getBytes(StandardCharsets.UTF_8));

        var call = api.get("/usage/odd");
        assertThat(call.get("negative_remainder").asBoolean()).isTrue();
        assertThat(call.get("input_tokens").asInt()).isZero();
        assertThat(call.get("cache_read_tokens").asInt()).isEqualTo(4000);
        assertThat(call.at("/raw_usage/prompt_tokens_details/cached_tokens").asInt())
                .isEqualTo(4000);
        assertThat(metrics.counter("centime.usage.negative.remainder", "source", "litellm")
                                .count()
                        - before)
                .isEqualTo(1);
    }

    @Test
    void aCostWithoutCounts_isNotHiddenByAPrice() {
        api.send("/api/v1/usage/litellm", JSON, """
            {"id": "only-cost", "model": "gpt-4o", "response_cost": 0.25}
            """.getBytes(StandardCharsets.UTF_8));

        var call = api.get("/usage/only-cost");
        assertThat(call.get("cost_source").asText()).isEqualTo("reported");
        assertThat(call.get("total_cost").asText()).isEqualTo("0.25");
    }

    private static void deliver(Api to, Format format, int n) {
        var answer = to.send(format.path, format.type, format.body(n).getBytes(StandardCharsets.UTF_8));
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 207);
    }

    private static JsonNode totals(Api of) {
        return of.get("/costs/breakdown?start_date=2025-11-22&end_date=2025-11-22&dimension=model");
    }

    private double counted(Format format, String result) {
        var source = format.name().toLowerCase(java.util.Locale.ROOT);
        return metrics.counter("centime.usage.records", "source", source, "result", result)
                .count();
    }
}
