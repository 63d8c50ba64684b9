package dev.centime.gateway.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.StoredAs;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Stored events are for ever: the file of each version must load, and the newest be written as it is. */
class GoldenEventsTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    static List<Class<? extends GatewayEvent>> events() {
        return GatewayEvent.all();
    }

    @ParameterizedTest
    @MethodSource("events")
    void readsAndWritesItsGoldenFileUnchanged(Class<? extends GatewayEvent> type) throws IOException {
        var golden = golden(type);
        var read = MAPPER.treeToValue(golden, type);
        assertThat(MAPPER.readTree(MAPPER.writeValueAsBytes(read))).isEqualTo(golden);
    }

    @ParameterizedTest
    @MethodSource("events")
    void ignoresAFieldOfALaterVersion(Class<? extends GatewayEvent> type) throws IOException {
        var golden = golden(type);
        var read = MAPPER.treeToValue(golden, type);
        assertThat(MAPPER.treeToValue(golden.deepCopy().put("a_later_field", "x"), type))
                .isEqualTo(read);
    }

    private static ObjectNode golden(Class<?> type) throws IOException {
        var stored = type.getAnnotation(StoredAs.class);
        var file = "/golden/" + stored.name() + ".v" + stored.version() + ".json";
        try (var in = GoldenEventsTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            return (ObjectNode) MAPPER.readTree(in);
        }
    }
}
