package dev.centime.gateway;

import static io.restassured.RestAssured.given;

import io.restassured.specification.RequestSpecification;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Callers with keys of each role, made by the gateway itself. */
final class Callers {
    private Callers() {}

    static RequestSpecification with(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    static RequestSpecification admin() {
        return with(GatewayInstance.ADMIN_KEY);
    }

    static String organization(String id) {
        admin().contentType("application/json")
                .body(Map.of("id", id, "name", "Organization " + id))
                .post("/api/v1/admin/organizations")
                .then()
                .statusCode(201);
        return id;
    }

    /** @return the key's secret */
    static String key(String organization, String role, @Nullable String user) {
        return made(organization, role, user).get("key");
    }

    /** @return {@code id} and {@code key} */
    static Map<String, String> made(String organization, String role, @Nullable String user) {
        var body = new HashMap<String, String>();
        body.put("organization_id", organization);
        body.put("role", role);
        body.put("name", "a test's");
        if (user != null) {
            body.put("user", user);
        }
        return admin().contentType("application/json")
                .body(body)
                .post("/api/v1/admin/api-keys")
                .then()
                .statusCode(201)
                .extract()
                .as(new io.restassured.common.mapper.TypeRef<>() {});
    }
}
