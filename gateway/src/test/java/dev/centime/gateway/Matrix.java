package dev.centime.gateway;

import dev.centime.kit.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who may call what, as a file has it: {@code ROLES METHOD PATH PATH …}, where calls of the same roles share a line. */
final class Matrix {
    private static final String OPEN = "open";
    private static final Map<Character, Role> LETTERS =
            Map.of('U', Role.USER, 'O', Role.ORG_ADMIN, 'P', Role.PLATFORM_ADMIN, 'I', Role.INGEST);

    private Matrix() {}

    /** @param open for whoever comes, with a key or without */
    record Row(String method, String path, Set<Role> roles, boolean open) {
        String call() {
            return method + " " + path;
        }

        boolean allows(Role role) {
            return open || roles.contains(role);
        }
    }

    static List<Row> of(String resource) {
        try (var in = Matrix.class.getResourceAsStream(resource);
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(Matrix::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Row> parse(String line) {
        var words = line.strip().split("\\s+");
        var open = words[0].equals(OPEN);
        var roles = open
                ? Set.<Role>of()
                : words[0].chars()
                        .mapToObj(letter -> LETTERS.get((char) letter))
                        .collect(Collectors.toSet());
        return Arrays.stream(words).skip(2).map(path -> new Row(words[1], path, roles, open));
    }
}
