package dev.centime.gateway;

import static dev.centime.gateway.Callers.with;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.gateway.Matrix.Row;
import dev.centime.gateway.route.Route;
import dev.centime.gateway.route.RouteTable;
import dev.centime.kit.Headers;
import dev.centime.kit.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Every call of the REST contract with every role, as {@code role-matrix.txt} has it: a copy of the contract's table, kept apart
 * from the gateway's own. A call that is in one and not in the other fails. What the gateway answers itself: {@link OwnRoleMatrixTest}.
 */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class RoleMatrixTest {
    @Inject
    RouteTable table;

    @Test
    void namesTheSameCallsAsTheRouteTable() {
        var contract = rows().stream().map(Row::call).collect(Collectors.toCollection(TreeSet::new));
        var routes = table.all().stream().map(RoleMatrixTest::call).collect(Collectors.toCollection(TreeSet::new));
        assertThat(routes).isEqualTo(contract);
    }

    @Test
    void letsEachRoleDoWhatTheContractSays_forItsOwnOrganizationOnly() {
        var organization = Callers.organization("role-matrix");
        var foreign = Callers.organization("role-matrix-foreign");
        var keys = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            keys.put(role, Callers.key(organization, role.text(), role == Role.USER ? "Ada" : null));
        }
        var wrong = new ArrayList<String>();
        for (var row : rows()) {
            var path = row.path().replaceAll("\\{[a-z]+}|\\*", "x");
            for (var role : Role.values()) {
                var status = with(keys.get(role))
                        .contentType("application/json")
                        .request(row.method(), path)
                        .statusCode();
                var expected = row.allows(role) ? 200 : 403;
                if (status != expected) {
                    wrong.add(row.call() + " as " + role.text() + ": " + status + " instead of " + expected);
                }
                var abroad = with(keys.get(role))
                        .header(Headers.ORGANIZATION, foreign)
                        .contentType("application/json")
                        .request(row.method(), path)
                        .statusCode();
                var expectedAbroad = role == Role.PLATFORM_ADMIN ? expected : 403;
                if (abroad != expectedAbroad) {
                    wrong.add(row.call() + " as " + role.text() + " for a foreign organization: " + abroad);
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

    private static List<Row> rows() {
        return Matrix.of("/role-matrix.txt");
    }
}
