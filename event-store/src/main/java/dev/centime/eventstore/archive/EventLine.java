package dev.centime.eventstore.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.centime.eventstore.log.StoredEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * An event as a line of an archive: JSON, so that anything can read it. The payload is a text in it, byte for byte what was handed in;
 * the partition is the file's.
 */
record EventLine(
        long offset,
        String id,
        String type,
        int version,
        String at,
        String recordedAt,
        String organization,
        Map<String, String> metadata,
        String payload) {
    static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    static byte[] of(StoredEvent event) {
        try {
            return JSON.writeValueAsBytes(new EventLine(
                    event.offset(),
                    event.id(),
                    event.type(),
                    event.version(),
                    event.at().toString(),
                    event.recordedAt().toString(),
                    event.organization(),
                    event.metadata(),
                    new String(event.payload(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new IllegalStateException("event " + event.offset() + " cannot be written", e);
        }
    }

    /** @throws IOException when it is no such line */
    static StoredEvent read(int partition, String line) throws IOException {
        var read = JSON.readValue(line, EventLine.class);
        return new StoredEvent(
                partition,
                read.offset,
                read.id,
                read.type,
                read.version,
                Instant.parse(read.at),
                Instant.parse(read.recordedAt),
                read.organization,
                read.payload.getBytes(StandardCharsets.UTF_8),
                read.metadata);
    }

    /** Whether two events are one, to the last byte. */
    static boolean same(StoredEvent one, StoredEvent other) {
        return one.partition() == other.partition()
                && one.offset() == other.offset()
                && one.id().equals(other.id())
                && one.type().equals(other.type())
                && one.version() == other.version()
                && one.at().equals(other.at())
                && one.recordedAt().equals(other.recordedAt())
                && one.organization().equals(other.organization())
                && one.metadata().equals(other.metadata())
                && Arrays.equals(one.payload(), other.payload());
    }
}
