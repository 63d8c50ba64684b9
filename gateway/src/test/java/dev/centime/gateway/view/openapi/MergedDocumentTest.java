package dev.centime.gateway.view.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

class MergedDocumentTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void keepsOneSchema_whenTwoServicesDefineItAlike() throws JsonProcessingException {
        var merged = merged(
                document("/a", "Page", "{\"type\":\"object\"}"), document("/b", "Page", "{\"type\":\"object\"}"));
        assertThat(merged.at("/components/schemas").propertyStream().map(java.util.Map.Entry::getKey))
                .containsExactly("Page");
        assertThat(merged.at("/paths").has("/a")).isTrue();
        assertThat(merged.at("/paths").has("/b")).isTrue();
    }

    @Test
    void namesTheSecondAfterItsService_whenTheyDiffer() throws JsonProcessingException {
        var merged = merged(
                document("/a", "Page", "{\"type\":\"object\"}"), document("/b", "Page", "{\"type\":\"string\"}"));
        assertThat(merged.at("/components/schemas/Page/type").asText()).isEqualTo("object");
        assertThat(merged.at("/components/schemas/TwoPage/type").asText()).isEqualTo("string");
        assertThat(merged.at("/paths/~1b/get/responses/200/$ref").asText()).isEqualTo("#/components/schemas/TwoPage");
        assertThat(merged.at("/paths/~1a/get/responses/200/$ref").asText()).isEqualTo("#/components/schemas/Page");
    }

    @Test
    void leavesOutWhatIsNotPassedOn() throws JsonProcessingException {
        var merged = new MergedDocument()
                .add("one", document("/internal", "X", "{}"), (method, path) -> !path.equals("/internal"))
                .build();
        assertThat(merged.at("/paths").isEmpty()).isTrue();
    }

    private static JsonNode merged(JsonNode one, JsonNode two) {
        return new MergedDocument()
                .add("one", one, (method, path) -> true)
                .add("two", two, (method, path) -> true)
                .build();
    }

    private static JsonNode document(String path, String schema, String definition) throws JsonProcessingException {
        return JSON.readTree("""
                {"paths": {"%s": {"get": {"responses": {"200": {"$ref": "#/components/schemas/%s"}}}}},
                 "components": {"schemas": {"%s": %s}}}
                """.formatted(path, schema, schema, definition));
    }
}
