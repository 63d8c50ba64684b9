package dev.centime.gateway.route;

import dev.centime.kit.Role;
import jakarta.inject.Singleton;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Every call that goes on to a service, from {@code routes.txt}: the REST contract's table of endpoints. What is not in it does
 * not exist, so no path of a service is open by accident.
 */
@Singleton
public class RouteTable {
    private static final Map<String, Role> ROLES =
            Map.of("U", Role.USER, "O", Role.ORG_ADMIN, "P", Role.PLATFORM_ADMIN, "I", Role.INGEST);

    private final List<Route> routes;
    /** Those whose path has no names in it, by method and path: most calls are of these, and need not try every pattern. */
    private final Map<String, Route> literal;

    RouteTable() {
        try (var in = RouteTable.class.getResourceAsStream("/routes.txt");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            routes = lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(RouteTable::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        literal = routes.stream()
                .filter(route -> !route.template().matches(".*[{*].*"))
                .collect(Collectors.toMap(route -> route.method() + " " + route.template(), route -> route));
    }

    /** What becomes of a request. */
    public sealed interface Found {
        /** A service answers it. */
        record Here(Route route) implements Found {}

        /** There is such a path, for other methods. */
        record OtherMethods(Set<String> allowed) implements Found {}

        /** No service has such a path. */
        record Nowhere() implements Found {}
    }

    /** Every route, in the order of the table. */
    public List<Route> all() {
        return routes;
    }

    Found find(String method, String path) {
        var asked = method.equals("HEAD") ? "GET" : method;
        var known = literal.get(asked + " " + path);
        if (known != null) {
            return new Found.Here(known);
        }
        var fitting = routes.stream()
                .filter(route -> route.path().matcher(path).matches())
                .toList();
        if (fitting.isEmpty()) {
            return new Found.Nowhere();
        }
        return fitting.stream()
                .filter(route -> route.method().equals(asked))
                .findFirst()
                .<Found>map(Found.Here::new)
                .orElseGet(() -> new Found.OtherMethods(
                        fitting.stream().map(Route::method).collect(Collectors.toSet())));
    }

    /** {@code METHOD path service ROLES [target]}. */
    private static Route parse(String line) {
        var words = line.strip().split("\\s+");
        var roles = Arrays.stream(words[3].split(","))
                .map(ROLES::get)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Role.class)));
        return new Route(
                words[0],
                words[1],
                pattern(words[1]),
                words.length > 4 ? words[4] : words[1],
                Service.of(words[2]),
                Set.copyOf(roles));
    }

    /** A name in braces is one part of a path; a star is the rest of its part. */
    private static Pattern pattern(String template) {
        var parts = Arrays.stream(template.split("(?=\\{)|(?<=\\})|(?=\\*)|(?<=\\*)"))
                .map(part -> part.startsWith("{") || part.equals("*") ? "[^/]+" : Pattern.quote(part));
        return Pattern.compile(parts.collect(Collectors.joining()));
    }
}
