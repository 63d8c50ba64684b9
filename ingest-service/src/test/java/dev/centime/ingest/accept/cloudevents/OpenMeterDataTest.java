package dev.centime.ingest.accept.cloudevents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.ingest.accept.UsageBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenMeterDataTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'service_tier': 'priority', 'usage': {'prompt_tokens': 1} | priority",
                "'service_tier': 'flex', 'prompt_tokens': 1 | flex",
                "'service_tier': 'auto', 'usage': {'input_tokens': 1, 'service_tier': 'batch'} | batch"
            })
    void theTierStandsBesideTheUsageOrInIt(String data, String tier) {
        var event = ("{'specversion': '1.0', 'id': 'a', 'source': 's', 'type': 't', 'data': {'model': 'gpt-4o', " + data
                        + "}}")
                .replace('\'', '"')
                .getBytes(StandardCharsets.UTF_8);

        var read = UsageBody.json(
                event, (json, index) -> CloudEventReader.read(json, index, Instant.parse("2026-11-22T12:00:00Z")));

        assertThat(read.getFirst().errors()).isEmpty();
        assertThat(read.getFirst().command().serviceTier()).isEqualTo(tier);
    }
}
