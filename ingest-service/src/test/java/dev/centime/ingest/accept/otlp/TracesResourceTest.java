package dev.centime.ingest.accept.otlp;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.accept.Fixtures;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.exporter.logging.otlp.internal.traces.OtlpStdoutSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceResponse;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** OTLP/HTTP as OpenTelemetry's own SDK speaks it. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class TracesResourceTest {
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    TestOrganizations organizations;

    @TestHTTPResource("/v1/traces")
    URL traces;

    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("UTC");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    @Test
    void takesWhatTheSdkExports_inProtobufAndGzip() {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(traces.toString())
                .addHeader("Authorization", "Bearer " + TestTokens.ingestToken(organization))
                .setCompression("gzip")
                .setTimeout(PATIENCE)
                .build();

        var id = traced(exporter);

        var call = api.get("/usage/" + id);
        assertThat(call.get("source").asText()).isEqualTo("otlp");
        assertThat(call.get("convention").asText()).isEqualTo("cached_inside_input");
        assertThat(call.at("/raw_usage/gen_ai.usage.input_tokens").asInt()).isEqualTo(1000);
        assertThat(call.get("negative_remainder").asBoolean()).isFalse();
        assertThat(call.get("input_tokens").asInt()).isEqualTo(400);
        assertThat(call.get("cache_read_tokens").asInt()).isEqualTo(600);
        assertThat(call.get("project").asText()).isEqualTo("checkout");
        assertThat(call.get("total_cost").asText()).isEqualTo("0.00675");
    }

    @Test
    void takesWhatTheSdkWritesAsJson_once() {
        var json = new ByteArrayOutputStream();
        var id = traced(OtlpStdoutSpanExporter.builder()
                .setOutput(json)
                .setWrapperJsonObject(true)
                .build());

        for (var line : json.toString(StandardCharsets.UTF_8).lines().toList()) {
            var answer = api.send("/v1/traces", JSON, line.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.asString()).isEqualTo("{}");
        }
        for (var line : json.toString(StandardCharsets.UTF_8).lines().toList()) {
            api.send("/v1/traces", JSON, line.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(api.get("/usage/" + id).get("total_cost").asText()).isEqualTo("0.00675");
        assertThat(api.get("/costs/breakdown?days=2&dimension=model").get("items"))
                .hasSize(1)
                .allSatisfy(item -> assertThat(item.get("requests").asInt()).isEqualTo(1));
    }

    /** A chat within an agent's span that sums it up, a look at its response and a call of something else. @return the chat's id */
    private static String traced(SpanExporter exporter) {
        try (var provider = SdkTracerProvider.builder()
                .setResource(Resource.create(
                        Attributes.builder().put("service.name", "checkout").build()))
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
            var tracer = provider.get("test");
            var agent = tracer.spanBuilder("invoke_agent planner").startSpan();
            Span chat;
            try (var scope = agent.makeCurrent()) {
                chat = tracer.spanBuilder("chat gpt-4o").startSpan();
                used(chat, "chat").end();
                used(tracer.spanBuilder("fetch_response gpt-4o").startSpan(), "fetch_response")
                        .end();
                tracer.spanBuilder("POST").startSpan().end();
            }
            used(agent, "invoke_agent").end();
            assertThat(provider.forceFlush()
                            .join(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                            .isSuccess())
                    .isTrue();
            return chat.getSpanContext().getTraceId() + "-"
                    + chat.getSpanContext().getSpanId();
        }
    }

    private static Span used(Span span, String operation) {
        return span.setAttribute("gen_ai.operation.name", operation)
                .setAttribute("gen_ai.provider.name", "openai")
                .setAttribute("gen_ai.request.model", "gpt-4o")
                .setAttribute("gen_ai.usage.input_tokens", 1000L)
                .setAttribute("gen_ai.usage.cache_read.input_tokens", 600L)
                .setAttribute("gen_ai.usage.output_tokens", 500L);
    }

    @Test
    void answersPartialSuccess_inTheEncodingOfTheRequest() throws Exception {
        var broken = Fixtures.text("otlp/genai_spans.json").replace("\"intValue\": \"1000\"", "\"intValue\": \"-5\"");

        var json = api.send("/v1/traces", JSON, broken.getBytes(StandardCharsets.UTF_8));

        assertThat(json.statusCode()).isEqualTo(200);
        assertThat(json.contentType()).startsWith(JSON);
        assertThat(json.jsonPath().getString("partialSuccess.rejectedSpans")).isEqualTo("1");
        assertThat(json.jsonPath().getString("partialSuccess.errorMessage"))
                .contains("eee19b7ec3c1b174", "gen_ai.usage.input_tokens must not be negative");

        var spans = ProtobufSpansFuzzTest.request();
        var protobuf = api.send("/v1/traces", PROTOBUF, spans);
        assertThat(protobuf.statusCode()).isEqualTo(200);
        assertThat(protobuf.contentType()).startsWith(PROTOBUF);
        assertThat(ExportTraceServiceResponse.parseFrom(protobuf.asByteArray()).hasPartialSuccess())
                .isFalse();
    }

    @Test
    void refusesWhatIsNoOtlp_withAStatusInTheEncodingOfTheRequest() throws Exception {
        var json = api.send("/v1/traces", JSON, "{\"resourceSpans\": 5}".getBytes(StandardCharsets.UTF_8));
        assertThat(json.statusCode()).isEqualTo(400);
        assertThat(json.jsonPath().getInt("code")).isEqualTo(3);
        assertThat(json.jsonPath().getString("message")).isEqualTo("resourceSpans must be an array");

        var protobuf = api.send("/v1/traces", PROTOBUF, "nonsense".getBytes(StandardCharsets.UTF_8));
        assertThat(protobuf.statusCode()).isEqualTo(400);
        assertThat(protobuf.contentType()).startsWith(PROTOBUF);
        var status = CodedInputStream.newInstance(protobuf.asByteArray());
        assertThat(status.readTag()).isEqualTo(1 << 3);
        assertThat(status.readInt32()).isEqualTo(3);

        var neither = api.send("/v1/traces", "text/plain", new byte[] {1});
        assertThat(neither.statusCode()).isEqualTo(415);
        assertThat(neither.jsonPath().getInt("code")).isEqualTo(3);
        var large = api.send("/v1/traces", PROTOBUF, new byte[(16 << 20) + 1]);
        assertThat(large.statusCode()).isEqualTo(413);
        assertThat(large.contentType()).startsWith(PROTOBUF);
        assertThat(messageOf(large.asByteArray())).isEqualTo("a body may have at most 16 MB");
        assertThat(given().get("/v1/traces").jsonPath().getInt("code")).isEqualTo(12);
    }

    @Test
    void refusesAWrongKey_inWordsThatTheSdkUnderstands() {
        var exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(traces.toString())
                .addHeader("Authorization", "Bearer wrong")
                .setTimeout(PATIENCE)
                .build();

        var said = saidBy(exporter);

        assertThat(said)
                .singleElement()
                .asString()
                .contains("HTTP status code 401", "no valid key, token or session came with the request");
    }

    /** What the SDK tells its log when it exports a span. */
    private static List<String> saidBy(SpanExporter exporter) {
        var said = new CopyOnWriteArrayList<String>();
        var ear = new Handler() {
            @Override
            public void publish(LogRecord record) {
                said.add(record.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        var log = Logger.getLogger("io.opentelemetry.exporter.internal.http.HttpExporter");
        log.addHandler(ear);
        try (var provider = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                .build()) {
            provider.get("test").spanBuilder("chat").startSpan().end();
            provider.forceFlush().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } finally {
            log.removeHandler(ear);
        }
        return said;
    }

    private static String messageOf(byte[] status) throws IOException {
        var fields = CodedInputStream.newInstance(status);
        assertThat(fields.readTag()).isEqualTo(1 << 3);
        fields.readInt32();
        assertThat(fields.readTag()).isEqualTo(2 << 3 | 2);
        return fields.readString();
    }

    @Test
    void aUsersKeyRecordsItsOwnCallsOnly() {
        var bob = new Api(TestTokens.userToken(organization, "bob"));

        var answer = bob.send("/v1/traces", JSON, Fixtures.bytes("otlp/genai_spans.json"));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.jsonPath().getInt("code")).isEqualTo(7);
    }
}
