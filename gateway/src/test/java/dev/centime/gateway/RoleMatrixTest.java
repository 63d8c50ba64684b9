package dev.centime.gateway;

import static dev.centime.gateway.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.gateway.route.Route;
import dev.centime.gateway.route.RouteTable;
import dev.centime.kit.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every call of the REST contract with every role, as {@code role-matrix.txt} has it: a copy of the contract's table, kept apart
 * from the gateway's own. A call that is in one and not in the other fails.
 */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class RoleMatrixTest {
    private static final Map<Character, Role> LETTERS =
            Map.of('U', Role.USER, 'O', Role.ORG_ADMIN, 'P', Role.PLATFORM_ADMIN, 'I', Role.INGEST);

    @Inject
    RouteTable table;

    private record Row(String method, String path, Set<Role> roles) {
        String call() {
            return method + " " + path;
        }
    }

    @Test
    void namesTheSameCallsAsTheRouteTable() throws IOException {
        var contract = rows().stream().map(Row::call).collect(Collectors.toCollection(TreeSet::new));
        var routes = table.all().stream()
                .filter(route -> !route.template().contains("/admin/"))
                .map(RoleMatrixTest::call)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(routes).isEqualTo(contract);
    }

    @Test
    void letsEachRoleDoWhatTheContractSays_andNothingElse() throws IOException {
        var organization = Callers.organization("role-matrix");
        var keys = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            keys.put(role, Callers.key(organization, role.text(), role == Role.USER ? "Ada" : null));
        }
        var wrong = new ArrayList<String>();
        for (var row : rows()) {
            var path = row.path().replaceAll("\\{[a-z]+}", "x");
            for (var role : Role.values()) {
                var status = with(keys.get(role))
                        .contentType("application/json")
                        .request(row.method(), path)
                        .statusCode();
                var expected = row.roles().contains(role) ? 200 : 403;
                if (status != expected) {
                    wrong.add(row.call() + " as " + role.text() + ": " + status + " instead of " + expected);
                }
            }
            var stranger = given().request(row.method(), path).statusCode();
            if (stranger != 401) {
                wrong.add(row.call() + " without a key: " + stranger);
            }
        }
        assertThat(wrong).isEmpty();
    }

    private static String call(Route route) {
        return route.method() + " " + route.template();
    }

    private static List<Row> rows() throws IOException {
        try (var in = RoleMatrixTest.class.getResourceAsStream("/role-matrix.txt");
                var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .flatMap(RoleMatrixTest::parse)
                    .toList();
        }
    }

    /** {@code ROLES METHOD PATH PATH …}: calls of one method and the same roles share a line, as in the contract. */
    private static java.util.stream.Stream<Row> parse(String line) {
        var words = line.strip().split("\\s+");
        var roles =
                words[0].chars().mapToObj(letter -> LETTERS.get((char) letter)).collect(Collectors.toSet());
        return Arrays.stream(words).skip(2).map(path -> new Row(words[1], path, roles));
    }
}
