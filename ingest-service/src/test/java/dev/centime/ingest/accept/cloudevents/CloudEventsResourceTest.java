package dev.centime.ingest.accept.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.accept.Fixtures;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CloudEvents as their own SDK sends them. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class CloudEventsResourceTest {
    private static final String PATH = "/api/v1/usage/cloudevents";
    private static final String EVENT = "application/cloudevents+json";
    private static final String BATCH = "application/cloudevents-batch+json";

    @Inject
    TestOrganizations organizations;

    private Api api;

    @BeforeEach
    void anOrganization() {
        api = new Api(TestTokens.orgAdminToken(organizations.create("UTC")));
    }

    private static CloudEvent event(String id) {
        return CloudEventBuilder.v1()
                .withId(id)
                .withSource(URI.create("/apps/chät"))
                .withType("dev.centime.usage")
                .withSubject("Zoë")
                .withTime(OffsetDateTime.parse("2025-11-22T10:00:00+01:00"))
                .withData(
                        "application/json",
                        "{\"model\": \"gpt-4o\", \"input_tokens\": 400, \"cache_read_tokens\": 600, \"output_tokens\": 500}"
                                .getBytes(StandardCharsets.UTF_8))
                .build();
    }

    @Test
    void takesAnEventOnce_howeverItIsSent() {
        var structured = new JsonFormat().serialize(event("e-1"));
        assertThat(api.send(PATH, EVENT, structured).jsonPath().getInt("accepted"))
                .isEqualTo(1);
        assertThat(api.send(
                                PATH,
                                BATCH,
                                ("[" + new String(structured, StandardCharsets.UTF_8) + "]")
                                        .getBytes(StandardCharsets.UTF_8))
                        .jsonPath()
                        .getInt("duplicates"))
                .isEqualTo(1);

        var headers = new ArrayList<String>();
        var body = new AtomicReference<byte[]>();
        HttpMessageFactory.createWriter((name, value) -> headers.addAll(List.of(name, value)), body::set)
                .writeBinary(event("e-1"));
        headers.removeIf(header -> header.equalsIgnoreCase("content-type"));
        headers.remove("application/json");
        var binary = api.send(PATH, "application/json", body.get(), headers.toArray(String[]::new));

        assertThat(binary.jsonPath().getInt("duplicates")).isEqualTo(1);
        assertThat(binary.jsonPath().getString("records[0].differs")).isNull();
        var call = api.get("/usage?start_date=2025-11-22&end_date=2025-11-22").at("/items/0");
        assertThat(call.get("id").asText()).isEqualTo("/apps/ch%C3%A4t e-1".replace("%C3%A4", "ä"));
        assertThat(call.get("user").asText()).isEqualTo("Zoë");
        assertThat(call.get("timestamp").asText()).isEqualTo("2025-11-22T09:00:00Z");
        assertThat(call.get("total_cost").asText()).isEqualTo("0.00675");
    }

    @Test
    void takesWhatLiteLlmSendsToOpenMeter() {
        api.send(PATH, EVENT, Fixtures.bytes("cloudevents/openmeter_litellm.json"));

        var call = api.get("/usage/litellm-proxy chatcmpl-8f3a");
        assertThat(call.get("source").asText()).isEqualTo("cloudevents");
        assertThat(call.get("user").asText()).isEqualTo("customer-7");
        assertThat(call.get("convention").asText()).isEqualTo("cached_inside_input");
        assertThat(call.get("total_cost").asText()).isEqualTo("0.0075");
        assertThat(call.get("reported_cost").asText()).isEqualTo("0.0075");
    }

    @Test
    void takesABatchOfEveryKindOfData() {
        var answer = api.send(PATH, BATCH, Fixtures.bytes("cloudevents/own_batch.json"));

        assertThat(answer.jsonPath().getInt("accepted")).as(answer.asString()).isEqualTo(3);
        assertThat(answer.jsonPath().getList("records.total_cost")).containsExactly("0.03375", "0.004", "0.000025");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'id': 'e', 'source': 's', 'type': 't', 'data': {} | specversion",
                "'specversion': '0.3', 'id': 'e', 'source': 's', 'type': 't', 'data': {} | specversion",
                "'specversion': '1.0', 'source': 's', 'type': 't', 'data': {} | id",
                "'specversion': '1.0', 'id': 'e', 'type': 't', 'data': {} | source",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'data': {} | type",
                "'specversion': '1.0', 'id': ' ', 'source': 's', 'type': 't', 'data': {} | id",
                "'specversion': '1.0', 'id': 'e', 'source': '', 'type': 't', 'data': {} | source",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't' | data",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't', 'data': [] | data",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't', 'time': 'noon', 'data': {} | time",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't', 'data_base64': '?' | data_base64",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't', 'data': {'model': 7} | data.model",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't', 'data': {'prompt_tokens': 7} |"
                        + " data.model",
                "'specversion': '1.0', 'id': 'e', 'source': 's', 'type': 't', 'data': {'model': 'm', 'prompt_tokens':"
                        + " -7} | data.prompt_tokens"
            })
    void refusesAnEvent_namingTheField(String fields, String field) {
        var answer = api.send(PATH, EVENT, ("{" + fields.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.jsonPath().getString("rejected[0].errors[0].field")).isEqualTo(field);
    }

    @Test
    void refusesABatchThatIsNone() {
        assertThat(api.send(PATH, BATCH, "{}".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(api.send(PATH, EVENT, "[]".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
        assertThat(api.send(PATH, EVENT, "{".getBytes(StandardCharsets.UTF_8)).statusCode())
                .isEqualTo(400);
    }
}
