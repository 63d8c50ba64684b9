package dev.centime.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.centime.gateway.Matrix.Row;
import dev.centime.kit.Headers;
import dev.centime.kit.Role;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every call that the gateway answers itself, with every role and without a key, for the own organization and a foreign one, as
 * {@code own-role-matrix.txt} has it. The calls there are are read from the resources' classes: one that is missing from the
 * file fails.
 */
@QuarkusTest
@QuarkusTestResource(GatewayInstance.class)
class OwnRoleMatrixTest {
    private static final String OWN = "own-matrix";
    private static final String FOREIGN = "foreign-matrix";

    @TestHTTPResource("/")
    URI gateway;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Test
    void namesEveryCallOfEveryResource() {
        var resources = new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("dev.centime.gateway")
                        .stream()
                        .filter(each -> each.isAnnotatedWith(Path.class))
                        .flatMap(OwnRoleMatrixTest::calls)
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(resources).hasSizeGreaterThan(15);
        assertThat(rows().stream().map(Row::call)).containsAll(resources);
    }

    /** Not what is listed, but whatever there is or comes to be. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/q/metrics",
                "/q/metrics/",
                "/q/openapi",
                "/q/swagger-ui",
                "/q/anything",
                "/q/health/../metrics",
                "/q/healthy",
                "/q//metrics"
            })
    void hidesFromTheUnknown_whateverThePlatformHasBesidesItsHealth(String path) throws Exception {
        assertThat(send("GET", path, null, null)).isEqualTo(401);
    }

    @Test
    void letsEachRoleDoWhatTheContractSays_forItsOwnOrganizationOnly() throws Exception {
        Callers.organization(OWN);
        Callers.organization(FOREIGN);
        var keys = new EnumMap<Role, String>(Role.class);
        for (var role : Role.values()) {
            keys.put(role, Callers.key(OWN, role.text(), role == Role.USER ? "Ada" : null));
        }
        var wrong = new ArrayList<String>();
        for (var row : rows()) {
            expect(wrong, row, "without a key", status(row, null, null), row.open() ? null : 401);
            for (var role : Role.values()) {
                var key = keys.get(role);
                expect(wrong, row, role.text(), status(row, key, null), row.allows(role) ? null : 403);
                var abroad = row.open() || row.allows(role) && role == Role.PLATFORM_ADMIN ? null : 403;
                expect(wrong, row, role.text() + " for a foreign organization", status(row, key, FOREIGN), abroad);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void hidesAForeignKey_fromAnOrganizationsAdministrator() throws Exception {
        Callers.organization("own-keys");
        Callers.organization("foreign-keys");
        var admin = Callers.key("own-keys", "org_admin", null);
        var foreign = Callers.made("foreign-keys", "ingest", null);
        for (var row : rows()) {
            if (row.path().contains("/api-keys/{id}")) {
                var path = row.path().replace("{id}", foreign.get("id"));
                assertThat(send(row.method(), path, admin, null)).as(row.call()).isEqualTo(404);
            }
        }
        assertThat(send("GET", "/api/v1/me", foreign.get("key"), null)).isEqualTo(200);
    }

    /** @param expected null for whatever an admitted caller is answered */
    private static void expect(List<String> wrong, Row row, String who, int status, @Nullable Integer expected) {
        var right = expected == null ? status != 401 && status != 403 && status != 500 : status == expected;
        // Wrong passwords are told apart from a missing right to sign in by nobody: sign-in is open and refuses.
        if (!right && !(row.path().equals("/api/v1/auth/login") && status == 401)) {
            wrong.add(row.call() + " as " + who + ": " + status + (expected == null ? "" : " instead of " + expected));
        }
    }

    private int status(Row row, @Nullable String key, @Nullable String organization) throws Exception {
        var id = row.path().contains("/api-keys/")
                ? Callers.made(OWN, "ingest", null).get("id")
                : OWN;
        return send(row.method(), row.path().replace("{id}", id), key, organization);
    }

    /** The status alone: an event stream has no end. */
    private int send(String method, String path, @Nullable String key, @Nullable String organization)
            throws IOException, InterruptedException {
        var body = method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}");
        var request = HttpRequest.newBuilder(gateway.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, body);
        if (key != null) {
            request.header("Authorization", "Bearer " + key);
        }
        if (organization != null) {
            request.header(Headers.ORGANIZATION, organization);
        }
        var answer = http.send(request.build(), BodyHandlers.ofInputStream());
        answer.body().close();
        return answer.statusCode();
    }

    private static Stream<String> calls(JavaClass resource) {
        var base = resource.getAnnotationOfType(Path.class).value();
        return resource.getMethods().stream()
                .flatMap(method -> verbs(method).map(verb -> verb + " " + path(base, method)));
    }

    private static Stream<String> verbs(JavaMethod method) {
        return method.getAnnotations().stream()
                .filter(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class))
                .map(annotation -> annotation.getRawType().getSimpleName());
    }

    private static String path(String base, JavaMethod method) {
        var own = method.tryGetAnnotationOfType(Path.class).map(Path::value).orElse("");
        var joined = ("/" + base + "/" + own).replaceAll("/+", "/");
        return joined.length() > 1 && joined.endsWith("/") ? joined.substring(0, joined.length() - 1) : joined;
    }

    private static List<Row> rows() {
        return Matrix.of("/own-role-matrix.txt");
    }
}
