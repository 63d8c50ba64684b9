package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.contracts.Money;
import dev.centime.database.TestPostgres;
import dev.centime.kit.testing.ServiceDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps enforcement standing: bounds, memory, keys under which a request is repeated, one currency. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@QuarkusTestResource(Bounds.class)
class EnforcementIT {
    private static final String BLOCK = ", 'thresholds': [{'percent': 80}, {'percent': 100, 'action': 'stop'}]";
    private static final String RESERVATIONS = "/api/v1/limits/reservations";
    private static final String DEADLOCK = "40P01";
    private static final String CHECK = "/api/v1/analytics/check-limit";

    @Inject
    Tenants tenants;

    @Inject
    MeterRegistry metrics;

    TestPostgres.Database database;

    private Tenant tenant;
    private Door door;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
    }

    @Test
    void anOrganizationHoldsSoManyReservationsAtATime_alsoThoseThatNoBudgetCovers() {
        var events = new ArrayList<Object>();
        for (int number = 0; number < Bounds.MOST_OPEN - 1; number++) {
            events.add(new SpendReserved(
                    "r-" + number,
                    Money.of("0.01"),
                    Map.of(),
                    "asked",
                    "key",
                    Instant.now(),
                    Instant.now().plusSeconds(3600),
                    1,
                    List.of()));
        }
        tenant.uses(events.toArray());
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> reserve(
                        "{\"id\": \"last\", \"estimated_cost\": \"1\"}")
                .then()
                .statusCode(oneOf(200, 201)));
        reserve("{\"estimated_cost\": \"1\"}")
                .then()
                .statusCode(429)
                .contentType("application/problem+json")
                .header("Retry-After", notNullValue())
                .body("detail", containsString(Bounds.MOST_OPEN + " reservations"))
                .body("most_open", equalTo(Bounds.MOST_OPEN));
        reserve("{\"id\": \"last\", \"estimated_cost\": \"1\"}").then().statusCode(200);
        var others = new Door(tenants.atNoon());
        Door.reserved(others::admin, "{\"estimated_cost\": \"1\"}").then().statusCode(201);
        tenant.uses(new ReservationReleased("r-0", "key", Instant.now()));
        // Where no budget must be known, as many as were known a second ago are too many.
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> reserve("{\"estimated_cost\": \"1\"}")
                .then()
                .statusCode(201));
        assertThat(counted("too_many")).isPositive();
    }

    private double counted(String outcome) {
        return metrics.get("centime.limits.reservations")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    /** While every table that a check could ask is locked, it answers all the same, and says of when. */
    @Test
    void aCheckAsksNoTable_andSaysHowOldItsKnowledgeIs() throws SQLException {
        var budget = door.create("annual", "5", BLOCK + ", 'scope': {'user': 'ada'}");
        door.status(budget, tenant.uses(tenant.call("ada", Instant.now(), "4")));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> check("user=ada&estimated_cost=2")
                .then()
                .statusCode(200)
                .body("blocking[0].spent", equalTo("4")));
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> locksAll(connection));
            for (int time = 0; time < 5; time++) {
                var asked = Instant.now();
                var answer = check("user=ada&estimated_cost=2");
                answer.then()
                        .statusCode(200)
                        .body("allowed", equalTo(false))
                        .body("blocking[0].budget_id", equalTo(budget.path("id")))
                        .body("blocking[0].spent", equalTo("4"))
                        .body("blocking[0].resets_at", notNullValue());
                assertThat(Instant.parse(answer.path("as_of")))
                        .isBetween(asked.minus(Duration.ofSeconds(3)), Instant.now());
            }
            connection.rollback();
        }
    }

    /** @return false when somebody who writes just now was in its way, and it was this that gave way */
    private static boolean locksAll(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = '20s'");
            statement.execute("LOCK TABLE budget.budget, budget.budget_spend, budget.spend_cell, budget.reservation,"
                    + " budget.idempotency, log.subject, log.organization, log.snapshot, log.event_tag, log.event_id"
                    + " IN ACCESS EXCLUSIVE MODE");
            return true;
        } catch (SQLException e) {
            connection.rollback();
            if (!DEADLOCK.equals(e.getSQLState())) {
                throw e;
            }
            return false;
        }
    }

    @Test
    void whatIsSettledOrReleasedUnderAKey_isSoOnce_andTheFirstCounts() {
        var budget = door.create("annual", "10", BLOCK);
        var made = reserveUnder("k-1", "4");
        made.then().statusCode(201);
        String id = made.path("id");
        var position = tenant.uses(tenant.settling(id, tenant.call("ada", Instant.now(), "3")));
        door.status(budget, position).body("reserved", equalTo("0")).body("current_spend", equalTo("3"));

        var released = release(id, "k-2");
        released.then().statusCode(204);
        release(id, "k-2").then().statusCode(204);
        reserveUnder("k-1", "4").then().statusCode(201).body("id", equalTo(id));
        door.status(budget, released.header("Centime-Position"))
                .body("reserved", equalTo("0"))
                .body("current_spend", equalTo("3"));
        assertThat(tenants.stored(tenant, SpendReserved.class)).hasSize(1);
        reserveUnder("k-1", "5").then().statusCode(422).body("errors[0].field", equalTo("Idempotency-Key"));
        release("another", "k-2").then().statusCode(422).body("errors[0].field", equalTo("Idempotency-Key"));
    }

    /** As when a replica has taken them and hangs: nobody does them a second time, and later the key may be sent again. */
    @Test
    void whatIsStillBeingDoneUnderAKey_is409_andHoldsOrReleasesNothing() throws Exception {
        var budget = door.create("annual", "10", BLOCK);
        reserveUnder("busy", "4").then().statusCode(201);
        var kept = reserve("{\"id\": \"kept\", \"estimated_cost\": \"2\"}");
        kept.then().statusCode(201);
        release("kept", "gone").then().statusCode(204);
        execute("UPDATE budget.idempotency SET status = NULL, headers = NULL, body = NULL WHERE organization = '"
                + tenant.id() + "'");
        var reserving = CompletableFuture.supplyAsync(() -> reserveUnder("busy", "4"));
        var releasing = CompletableFuture.supplyAsync(() -> release("kept", "gone"));
        for (var answer : List.of(reserving.get(), releasing.get())) {
            answer.then()
                    .statusCode(409)
                    .contentType("application/problem+json")
                    .body("detail", containsString("Idempotency-Key"));
        }
        assertThat(tenants.stored(tenant, SpendReserved.class)).hasSize(2);
        execute("DELETE FROM budget.idempotency WHERE organization = '" + tenant.id() + "'");
        var again = reserveUnder("busy", "4");
        again.then().statusCode(200);
        assertThat(tenants.stored(tenant, SpendReserved.class)).hasSize(2);
        door.status(budget, again.header("Centime-Position")).body("reserved", equalTo("4"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /api/v1/budgets | {'name': 'n', 'total_limit': 5, 'budget_type': 'daily', 'currency': 'EUR'}",
                "POST | /api/v1/limits/reservations | {'estimated_cost': '0.1', 'currency': 'EUR'}",
                "PATCH | /api/v1/analytics/limits | {'user': 'ada', 'daily_limit': 1, 'currency': 'eur'}",
                "POST | /api/v1/limits/reservations | {'estimated_cost': '0.1', 'currency': 7}",
            })
    void anotherCurrencyIsRefused_notMisread(String method, String path, String body) {
        door.admin()
                .body(body.replace('\'', '"'))
                .request(method, path)
                .then()
                .statusCode(422)
                .body("errors.field", hasItem("currency"));
        Door.answered(() -> door.admin()
                        .body(body.replace('\'', '"').replaceAll("\"currency\": .*}", "\"currency\": \"USD\"}"))
                        .request(method, path))
                .then()
                .statusCode(lessThan(300));
    }

    @Test
    void levelAndExhaustionFollowTheRateOfTheWindow() {
        var today = tenant.day(Instant.now());
        var budget = door.create(
                "custom",
                "1000",
                BLOCK + ", 'start_date': '%s', 'end_date': '%s'".formatted(today.minusDays(1), today.plusDays(30)));
        var began = today.minusDays(1).atStartOfDay(tenant.zone()).toInstant();
        var slow = tenant.uses(tenant.call("ada", Instant.now(), "0.000001"));
        door.status(budget, slow).body("alert_level", equalTo("none")).body("exhaustion_at_rate", nullValue());
        var fast = tenant.uses(tenant.call("ada", Instant.now(), "989.999999"));
        var asked = Instant.now();
        var status = door.status(budget, fast);
        status.body("alert_level", equalTo("warning"))
                .body("current_spend", equalTo("990"))
                .body("remaining", equalTo("10"))
                .body("blocked", equalTo(false));
        // 990 since it began, so that the last 10 take a ninety-ninth of that time.
        var expected = asked.plus(Duration.between(began, asked).dividedBy(99));
        assertThat(Instant.parse(status.extract().path("exhaustion_at_rate")))
                .isBetween(expected.minusSeconds(5), expected.plusSeconds(60));
    }

    private Response reserve(String body) {
        return Door.reserved(door::admin, body);
    }

    private Response reserveUnder(String key, String cost) {
        return Door.reserved(
                () -> door.admin().header("Idempotency-Key", key), "{\"estimated_cost\": \"" + cost + "\"}");
    }

    private Response release(String id, String key) {
        return door.admin().header("Idempotency-Key", key).delete(RESERVATIONS + "/" + id);
    }

    private Response check(String query) {
        return Door.answered(() -> door.admin().get(CHECK + "?" + query));
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
