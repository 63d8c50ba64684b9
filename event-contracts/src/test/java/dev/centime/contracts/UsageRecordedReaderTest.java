package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsageRecordedReaderTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    @Test
    void readsACallOfWhichLittleIsKnown() throws IOException {
        var usage = new UsageRecorded(
                "r",
                Instant.parse("2026-11-20T10:15:30Z"),
                new Model(null, "m", null, null),
                Attribution.NONE,
                Tokens.NONE,
                new UsageRecorded.Outcome(UsageRecorded.Status.OK, null, null, null, true, Map.of()),
                UsageRecorded.Quantity.ONE_CALL,
                Cost.UNPRICED,
                new UsageRecorded.Provenance("api", null, null, null, List.of(), null, null, null, null, null),
                0);

        assertThat(MAPPER.readValue(MAPPER.writeValueAsBytes(usage), UsageRecorded.class))
                .isEqualTo(usage);
    }

    /** An event of which a field of the golden file was turned into something else is not silently another event. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/record_id",
                "/timestamp",
                "/model",
                "/model/name",
                "/attribution",
                "/attribution/tags",
                "/tokens",
                "/tokens/input",
                "/outcome",
                "/outcome/status",
                "/outcome/tool_calls/web_search",
                "/quantity",
                "/quantity/requests",
                "/cost",
                "/cost/total",
                "/provenance",
                "/prices_at"
            })
    void refusesAFieldOfAnotherType(String path) throws IOException {
        var golden = golden();
        var at = path.lastIndexOf('/');
        ((ObjectNode) golden.at(path.substring(0, at))).putArray(path.substring(at + 1));

        assertThatThrownBy(() -> MAPPER.treeToValue(golden, UsageRecorded.class))
                .isInstanceOf(JsonProcessingException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"record_id", "timestamp", "model", "tokens", "cost", "provenance"})
    void refusesAnEventWithoutWhatEveryCallHas(String field) throws IOException {
        var golden = golden();
        ((ObjectNode) golden).remove(field);

        assertThatThrownBy(() -> MAPPER.treeToValue(golden, UsageRecorded.class))
                .isInstanceOf(JsonProcessingException.class)
                .hasMessageContaining(field);
    }

    @Test
    void passesOverWhatALaterVersionAdds_wherever() throws IOException {
        var golden = golden();
        var expected = MAPPER.treeToValue(golden, UsageRecorded.class);
        for (var path : List.of("/model", "/attribution", "/tokens", "/outcome", "/quantity", "/cost", "/provenance")) {
            ((ObjectNode) golden.at(path)).putObject("later").put("a", 1).putArray("b");
        }

        assertThat(MAPPER.treeToValue(golden, UsageRecorded.class)).isEqualTo(expected);
    }

    private static JsonNode golden() throws IOException {
        try (var in = UsageRecordedReaderTest.class.getResourceAsStream("/golden/usage-recorded.v1.json")) {
            return MAPPER.readTree(in);
        }
    }
}
