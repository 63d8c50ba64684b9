package dev.centime.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Stored events are for ever. For every event there is a golden file of each of its versions, and further ones ({@code
 * NAME.vN-WHAT.json}) for fields that came later; those of the newest version must read and write back the same, so that a
 * change of a class that would change what is stored shows here first.
 */
class GoldenEventsTest {
    private static final ObjectMapper MAPPER = Contracts.mapper();
    private static final Pattern FILE = Pattern.compile("(.+)\\.v(\\d+)(?:-[a-z-]+)?\\.json");

    static Stream<Class<?>> events() {
        return Contracts.EVENTS.stream();
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventHasAGoldenFile_thatItReadsAndWritesUnchanged(Class<?> type) throws IOException, URISyntaxException {
        var stored = type.getAnnotation(StoredAs.class);
        assertThat(stored).as("%s needs @StoredAs", type).isNotNull();
        assertThat(golden("/" + stored.name() + ".v" + stored.version() + ".json"))
                .isNotNull();
        for (var file : files()) {
            var name = FILE.matcher(file);
            if (name.matches() && name.group(1).equals(stored.name()) && version(name) == stored.version()) {
                var golden = MAPPER.readTree(golden("/" + file));
                var read = MAPPER.treeToValue(golden, type);
                assertThat(MAPPER.readTree(MAPPER.writeValueAsBytes(read)))
                        .as(file)
                        .isEqualTo(golden);
            }
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
        assertThat(files()).allSatisfy(file -> {
            var name = FILE.matcher(file);
            assertThat(name.matches()).isTrue();
            assertThat(versions).containsKey(name.group(1));
            assertThat(version(name)).isBetween(1, versions.get(name.group(1)));
        });
    }

    private static int version(Matcher name) {
        return Integer.parseInt(name.group(2));
    }

    private static List<String> files() throws IOException, URISyntaxException {
        try (var files =
                Files.list(Path.of(GoldenEventsTest.class.getResource("/golden").toURI()))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static byte[] golden(String name) throws IOException {
        try (var in = GoldenEventsTest.class.getResourceAsStream("/golden" + name)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
