package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stored events are for ever. For every event there is a golden file of each of its versions; the newest must read and write
 * back the same, so that a change of a class that would change what is stored shows here first.
 */
class GoldenEventsTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();

    static Stream<Class<?>> events() {
        return Contracts.EVENTS.stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventHasAGoldenFile_thatItReadsAndWritesUnchanged(Class<?> type) throws IOException {
        var stored = type.getAnnotation(StoredAs.class);
        assertThat(stored).as("%s needs @StoredAs", type).isNotNull();
        var file = "/golden/" + stored.name() + ".v" + stored.version() + ".json";
        try (var in = GoldenEventsTest.class.getResourceAsStream(file)) {
            assertThat(in).as(file).isNotNull();
            var golden = in.readAllBytes();
            var read = MAPPER.readValue(golden, type);
            assertThat(MAPPER.readTree(MAPPER.writeValueAsBytes(read))).isEqualTo(MAPPER.readTree(golden));
        }
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIgnoresFieldsItDoesNotKnow(Class<?> type) throws IOException {
        var stored = type.getAnnotation(StoredAs.class);
        try (var in = GoldenEventsTest.class.getResourceAsStream(
                "/golden/" + stored.name() + ".v" + stored.version() + ".json")) {
            var golden = (com.fasterxml.jackson.databind.node.ObjectNode) MAPPER.readTree(in);
            var expected = MAPPER.treeToValue(golden, type);
            golden.put("a_field_of_a_later_version", "x");
            assertThat(MAPPER.treeToValue(golden, type)).isEqualTo(expected);
        }
    }

    @Test
    void everyGoldenFileBelongsToAnEvent() throws IOException, URISyntaxException {
        Map<String, Integer> versions = Contracts.EVENTS.stream()
                .map(type -> type.getAnnotation(StoredAs.class))
                .collect(Collectors.toMap(StoredAs::name, StoredAs::version));
        try (var files =
                Files.list(Path.of(GoldenEventsTest.class.getResource("/golden").toURI()))) {
            assertThat(files.map(file -> file.getFileName().toString()).toList())
                    .allSatisfy(name -> {
                        var parts = List.of(name.split("\\.v|\\.json"));
                        assertThat(versions).containsKey(parts.get(0));
                        assertThat(Integer.parseInt(parts.get(1))).isBetween(1, versions.get(parts.get(0)));
                    });
        }
    }
}
