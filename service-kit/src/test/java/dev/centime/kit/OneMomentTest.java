package dev.centime.kit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.projection.Projections;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Who reads several things of one moment sees that moment, whatever is swapped meanwhile. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class OneMomentTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Caller ADMIN = new Caller("k", Role.ORG_ADMIN, "default", null);
    private static final String SWAP_WAITS =
            "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'demo.greeting'::regclass";

    @Inject
    Tenants tenants;

    @Inject
    Projections projections;

    @Test
    void aRebuiltViewDoesNotTakeThePlaceOfOneThatIsAboutToBeRead() {
        greet();
        var there = tenants.with(ADMIN, OneMomentTest::greetings).await().atMost(SOON);
        assertThat(there).isPositive();

        var seen = tenants.atOneMoment(ADMIN, connection -> mayIdle(connection)
                        .chain(() -> projections.rebuild("greetings"))
                        .emitOn(Infrastructure.getDefaultWorkerPool())
                        .invoke(rebuild -> awaitSwapOrItsWait(connection, rebuild))
                        .chain(() -> greetings(connection)))
                .await()
                .atMost(SOON);

        assertThat(seen).isEqualTo(there);
        await().atMost(SOON).until(() -> projections.rebuilds().await().atMost(SOON).stream()
                .noneMatch(rebuild -> rebuild.state().equals("filling")));
        assertThat(tenants.with(ADMIN, OneMomentTest::greetings).await().atMost(SOON))
                .isEqualTo(there);
    }

    /** A login's transaction is ended where it idles for some seconds, which a machine that stands still may do. */
    private static Uni<Void> mayIdle(SqlConnection connection) {
        return connection
                .query("SET LOCAL idle_in_transaction_session_timeout = 0")
                .execute()
                .replaceWithVoid();
    }

    private void awaitSwapOrItsWait(SqlConnection connection, String rebuild) {
        await().atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> count(connection, SWAP_WAITS).await().atMost(SOON) > 0 || isSwapped(rebuild));
    }

    private boolean isSwapped(String id) {
        return projections.rebuilds().await().atMost(SOON).stream()
                .anyMatch(rebuild -> rebuild.id().equals(id) && rebuild.state().equals("swapped"));
    }

    private void greet() {
        var admin = TestTokens.orgAdminToken("default");
        var greeted = given().auth()
                .oauth2(admin)
                .contentType("application/json")
                .body(Map.of("text", "of this moment"))
                .post("/api/v1/greetings");
        greeted.then().statusCode(201);
        var written = Position.parse(greeted.header("Centime-Position"));
        assertThat(projections.await("greetings", written, SOON).await().atMost(SOON))
                .isTrue();
    }

    private static Uni<Long> greetings(SqlConnection connection) {
        return count(connection, "SELECT count(*) FROM demo.greeting");
    }

    private static Uni<Long> count(SqlConnection connection, String sql) {
        return connection.query(sql).execute().map(rows -> rows.iterator()
                .next()
                .getLong(0));
    }
}
