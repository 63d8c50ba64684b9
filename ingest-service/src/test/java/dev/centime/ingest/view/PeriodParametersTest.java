package dev.centime.ingest.view;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A period is asked for in one way everywhere, and the document says so. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class PeriodParametersTest {
    @Inject
    TestOrganizations organizations;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/usage",
                "/api/v1/sessions",
                "/api/v1/costs/analysis?group_by=model",
                "/api/v1/costs/breakdown?dimension=model",
                "/api/v1/costs/differences?dimension=model",
                "/api/v1/costs/efficiency",
                "/api/v1/costs/export",
                "/api/v1/costs/history",
                "/api/v1/costs/trends",
                "/api/v1/costs/variance?dimension=model"
            })
    void areDocumentedAndRead(String path) {
        assertThat(documented(path.split("\\?")[0]))
                .contains(
                        Map.entry("start_date", "query string "),
                        Map.entry("end_date", "query string "),
                        Map.entry("days", "query integer The last days with today; 30 by default"),
                        Map.entry("period", "query string "));

        given().auth()
                .oauth2(TestTokens.orgAdminToken(organizations.create("UTC")))
                .get(path + (path.contains("?") ? "&" : "?") + "days=abc")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("days"));
    }

    /** Place, type and description, by name. */
    private static Map<String, String> documented(String path) {
        var document = Api.json(given().get("/q/openapi?format=json").asString());
        var said = new HashMap<String, String>();
        for (var parameter : document.path("paths").path(path).path("get").path("parameters")) {
            said.put(
                    parameter.path("name").asText(),
                    parameter.path("in").asText() + " "
                            + parameter.path("schema").path("type").asText() + " "
                            + parameter.path("description").asText());
        }
        return said;
    }
}
