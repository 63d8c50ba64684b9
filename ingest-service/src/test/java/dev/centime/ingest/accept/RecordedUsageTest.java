package dev.centime.ingest.accept;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.contracts.Contracts;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Blocks that providers and Langfuse really answered: every token in one kind, so that the kinds add up to the total they state. */
class RecordedUsageTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    static Stream<JsonNode> answers() {
        return lines("providers/recorded_usage.jsonl");
    }

    static Stream<JsonNode> generations() {
        return lines("langfuse/recorded_generations.jsonl");
    }

    @ParameterizedTest
    @MethodSource("answers")
    void aProvidersKindsAddUpToItsTotal(JsonNode recorded) {
        var usage = Payload.of(recorded.get("usage"), Instant.EPOCH);

        var block = ProviderUsage.read(usage);

        assertThat(usage.errors()).isEmpty();
        assertThat(block.origin().negativeRemainder()).isFalse();
        assertThat(block.tokens().total()).isEqualTo(usage.count("total_tokens", "totalTokenCount"));
    }

    @ParameterizedTest
    @MethodSource("generations")
    void aGenerationsKindsAddUpToItsTotal(JsonNode recorded) {
        var details = Payload.of(recorded.get("usageDetails"), Instant.EPOCH);

        var block = LangfuseUsage.read(details);

        assertThat(details.errors()).isEmpty();
        assertThat(block.tokens().total()).isEqualTo(details.count("total"));
    }

    private static Stream<JsonNode> lines(String file) {
        return Fixtures.text(file).lines().map(line -> {
            try {
                return MAPPER.readTree(line);
            } catch (JsonProcessingException e) {
                throw new AssertionError(e);
            }
        });
    }
}
