package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.budget.event.ReservationExpired;
import dev.centime.budget.event.ReservationReleased;
import dev.centime.budget.event.SpendReserved;
import dev.centime.contracts.Money;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reservations and checks over HTTP. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ReservationsIT {
    private static final String BLOCK = ", 'thresholds': [{'percent': 80}, {'percent': 100, 'action': 'stop'}]";
    private static final String RESERVATIONS = "/api/v1/limits/reservations";

    @Inject
    Tenants tenants;

    private Tenant tenant;
    private Door door;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.atNoon();
        door = new Door(tenant);
    }

    @Test
    void whatIsReservedIsHeld_untilTheCallThatNamesItSettlesItAtItsTrueCost() {
        var budget = door.create("annual", "10", BLOCK);
        var made = reserve("{\"id\": \"r-1\", \"estimated_cost\": \"4\", \"model\": \"claude-haiku\"}");
        made.then()
                .statusCode(201)
                .header("Location", org.hamcrest.Matchers.endsWith(RESERVATIONS + "/r-1"))
                .body("id", equalTo("r-1"))
                .body("expires_at", notNullValue())
                .body("spent_up_to", notNullValue())
                .body("budgets", hasSize(1))
                .body("budgets[0].budget_id", equalTo(budget.path("id")))
                .body("budgets[0].limit", equalTo("10"))
                .body("budgets[0].reserved", equalTo("0"))
                .body("budgets[0].resets_at", notNullValue());
        door.status(budget, made.header("Centime-Position"))
                .body("reserved", equalTo("4"))
                .body("remaining", equalTo("6"))
                .body("current_spend", equalTo("0"));

        var position = tenant.uses(tenant.settling("r-1", tenant.call("ada", Instant.now(), "2.5")));
        door.status(budget, position)
                .body("reserved", equalTo("0"))
                .body("current_spend", equalTo("2.5"))
                .body("remaining", equalTo("7.5"))
                .body("overage", equalTo("0"));
    }

    /** A machine that is slow may leave it open for a while, which it says: whoever asks again is answered, and none is admitted twice. */
    @Test
    void twoHundredCallersAtOnce_getWhatFitsAndNotACentMore() throws Exception {
        var budget = door.create("annual", "10", BLOCK);
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = callers.invokeAll(IntStream.range(0, 200)
                    .<Callable<Integer>>mapToObj(
                            caller -> () -> reserve("{\"id\": \"c-" + caller + "\", \"estimated_cost\": \"0.11\"}")
                                    .statusCode())
                    .toList());
            int admitted = 0;
            for (var answer : answers) {
                assertThat(answer.get()).isIn(200, 201, 402);
                admitted += answer.get() == 402 ? 0 : 1;
            }
            assertThat(admitted).isEqualTo(90);
        }
        assertThat(tenants.stored(tenant, SpendReserved.class)).hasSize(90);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> check("estimated_cost=0")
                .then()
                .body("limits[0].budget_id", equalTo(budget.path("id")))
                .body("limits[0].reserved", equalTo("9.9")));
    }

    @Test
    void aRefusalSaysWhichBudgetAndHowItStands() {
        var all = door.create("annual", "100", BLOCK);
        var adas = door.create("annual", "5", BLOCK + ", 'scope': {'user': 'ada'}");
        var position = tenant.uses(tenant.call("ada", Instant.now(), "3"));
        door.status(all, position);
        reserve("{\"estimated_cost\": \"1\", \"user\": \"ada\"}").then().statusCode(201);
        reserve("{\"estimated_cost\": \"1.5\", \"user\": \"ada\"}")
                .then()
                .statusCode(402)
                .contentType("application/problem+json")
                .body("type", equalTo("urn:centime:problem:budget-exceeded"))
                .body("budget_id", equalTo(adas.path("id")))
                .body("budget_name", equalTo("Team"))
                .body("scope.user", contains("ada"))
                .body("window.start", notNullValue())
                .body("spent", equalTo("3"))
                .body("reserved", equalTo("1"))
                .body("requested", equalTo("1.5"))
                .body("limit", equalTo("5"))
                .body("resets_at", notNullValue())
                .body("budgets.budget_id", contains(adas.<String>path("id")));
        reserve("{\"estimated_cost\": \"1.5\", \"user\": \"bob\"}").then().statusCode(201);
    }

    @Test
    void theSameAgainIsAnsweredAsAtFirst_andAnotherIsNot() {
        door.create("annual", "5", BLOCK);
        var body = "{\"id\": \"again\", \"estimated_cost\": \"3\"}";
        var first = reserve(body);
        first.then().statusCode(201);
        reserve(body).then().statusCode(200).body("$", equalTo(first.jsonPath().getMap("$")));
        reserve("{\"id\": \"again\", \"estimated_cost\": 3.0}").then().statusCode(200);
        reserve("{\"id\": \"again\", \"estimated_cost\": \"2\"}")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("id"));
        release("again").then().statusCode(204);
        reserve(body).then().statusCode(200);
    }

    @Test
    void aReleasedReservationHoldsNothing() {
        door.create("annual", "5", BLOCK);
        reserve("{\"id\": \"held\", \"estimated_cost\": \"5\"}").then().statusCode(201);
        reserve("{\"estimated_cost\": \"1\"}").then().statusCode(402);
        release("held").then().statusCode(204);
        reserve("{\"estimated_cost\": \"5\"}").then().statusCode(201);
        release("held").then().statusCode(204);
        release("never-made").then().statusCode(404);
    }

    @Test
    void whatNobodySettlesExpires_byAnEvent() {
        var budget = door.create("annual", "5", BLOCK);
        reserve("{\"estimated_cost\": \"5\", \"ttl_seconds\": 1}").then().statusCode(201);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> reserve("{\"estimated_cost\": \"5\"}")
                .then()
                .statusCode(201));
        assertThat(tenants.stored(tenant, ReservationExpired.class)).hasSize(1);
        assertThat(budget.statusCode()).isEqualTo(201);
    }

    /** As when callers make up their ids, and a call is told before what was held for it. */
    @Test
    void whatWasClosedBeforeItWasMade_isHeldUntilItExpires_whereverPagesEnd() {
        var budget = door.create("annual", "100000", BLOCK);
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> check("estimated_cost=0").then().body("limits[0].reserved", equalTo("0")));
        var random = new Random(20261122);
        var open = new HashSet<String>();
        var events = inAnyOrder(random, open);
        var position = "";
        for (int from = 0; from < events.size(); ) {
            int to = Math.min(events.size(), from + 1 + random.nextInt(12));
            position = tenant.uses(events.subList(from, to).toArray());
            from = to;
        }
        var held = Integer.toString(open.size());
        door.status(budget, position).body("reserved", equalTo(held));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> check("estimated_cost=0").then().body("limits[0].reserved", equalTo(held)));

        tenant.uses(tenant.settling("soon", tenant.call("ada", Instant.now(), "0")), made("soon", Instant.now()));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        tenants.stored(tenant, ReservationExpired.class))
                .anyMatch(expired -> expired.contains("\"soon\"")));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> check("estimated_cost=0").then().body("limits[0].reserved", equalTo(held)));
    }

    /** What happens to many reservations, mixed, each by itself in order. @param open gets those that are open in the end */
    private List<Object> inAnyOrder(Random random, Set<String> open) {
        var later = Instant.now().plusSeconds(3600);
        var stories = new ArrayList<Deque<Object>>();
        for (int number = 0; number < 60; number++) {
            var id = "r-" + number;
            var ends = new ArrayList<Object>(List.of(
                    tenant.settling(id, tenant.call("ada", Instant.now(), "0")),
                    new ReservationReleased(id, "key", Instant.now())));
            Collections.shuffle(ends, random);
            var story = new ArrayDeque<Object>(ends.subList(0, random.nextInt(3)));
            if (random.nextBoolean()) {
                story.addLast(made(id, later));
                open.add(id);
            } else {
                story.addFirst(made(id, later));
                if (story.size() == 1) {
                    open.add(id);
                }
            }
            stories.add(story);
        }
        var events = new ArrayList<Object>();
        while (!stories.isEmpty()) {
            var story = stories.get(random.nextInt(stories.size()));
            events.add(story.removeFirst());
            stories.removeIf(Deque::isEmpty);
        }
        return events;
    }

    private static SpendReserved made(String id, Instant expiresAt) {
        return new SpendReserved(id, Money.of("1"), Map.of(), "asked", "key", Instant.now(), expiresAt, 1, List.of());
    }

    @Test
    void sessionsAreLimitedEachByItself() {
        door.create("session", "1", BLOCK);
        tenant.uses(tenant.call("ada", java.util.Map.of(), "s-1", Instant.now(), "0.6"));
        reserve("{\"estimated_cost\": \"0.5\", \"session\": \"s-1\"}")
                .then()
                .statusCode(402)
                .body("budgets[0].session", equalTo("s-1"))
                .body("spent", equalTo("0.6"));
        reserve("{\"estimated_cost\": \"0.5\", \"session\": \"s-2\"}").then().statusCode(201);
        reserve("{\"estimated_cost\": \"0.6\", \"session\": \"s-2\"}").then().statusCode(402);
        reserve("{\"estimated_cost\": \"50\"}").then().statusCode(201).body("budgets", empty());
    }

    @Test
    void aLowerLimitHoldsAtOnce() {
        var budget = door.create("annual", "10", BLOCK);
        reserve("{\"estimated_cost\": \"4\"}").then().statusCode(201);
        door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"total_limit\": \"5\"}")
                .patch("/api/v1/budgets/" + budget.path("id"))
                .then()
                .statusCode(200);
        reserve("{\"estimated_cost\": \"2\"}").then().statusCode(402).body("limit", equalTo("5"));
    }

    @Test
    void anAdministratorLetsMoreBeSpent_forATime() {
        var budget = door.create("annual", "1", BLOCK);
        var path = "/api/v1/budgets/" + budget.path("id") + "/override";
        reserve("{\"estimated_cost\": \"2\"}").then().statusCode(402);
        var until = Instant.now().plusSeconds(600);
        door.admin()
                .body("{\"reason\": \"launch\", \"until\": \"%s\", \"additional_amount\": \"2\"}".formatted(until))
                .post(path)
                .then()
                .statusCode(200)
                .body("reason", equalTo("launch"));
        reserve("{\"estimated_cost\": \"2\"}").then().statusCode(201).body("budgets[0].limit", equalTo("3"));
        reserve("{\"estimated_cost\": \"2\"}").then().statusCode(402);
        var restored = door.admin().delete(path);
        restored.then().statusCode(204);
        reserve("{\"estimated_cost\": \"0.1\"}").then().statusCode(402).body("limit", equalTo("1"));
        door.status(budget, restored.header("Centime-Position")).body("blocked", equalTo(true));
        door.user("ada").body("{}").post(path).then().statusCode(403);
        door.admin()
                .body("{\"until\": \"2020-01-01T00:00:00Z\", \"additional_amount\": 0}")
                .post(path)
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("reason", "until", "additional_amount"));
    }

    @Test
    void whatWasLeftYesterdayMayBeSpentToday() {
        var now = Instant.now();
        var yesterday = now.minus(java.time.Duration.ofDays(1));
        var start = tenant.day(yesterday);
        var budget = door.create(
                "daily", "10", BLOCK + ", 'rollover': 'remaining', 'rollover_cap': 8, 'start_date': '" + start + "'");
        var position = tenant.uses(tenant.call("ada", yesterday, "4"), tenant.call("ada", now, "1"));
        door.status(budget, position)
                .body("total_limit", equalTo("16"))
                .body("carried_over", equalTo("6"))
                .body("remaining", equalTo("15"));
        reserve("{\"estimated_cost\": \"15.01\"}").then().statusCode(402).body("limit", equalTo("16"));
        reserve("{\"estimated_cost\": \"15\"}").then().statusCode(201);
    }

    @Test
    void aUsersKeyReservesForItself() {
        door.create("annual", "1", BLOCK + ", 'scope': {'user': 'ada'}");
        Door.reserved(() -> door.user("ada"), "{\"estimated_cost\": \"2\"}")
                .then()
                .statusCode(402);
        Door.reserved(() -> door.user("ada"), "{\"estimated_cost\": \"2\", \"user\": \"bob\"}")
                .then()
                .statusCode(403);
        var bobs = Door.reserved(() -> door.user("bob"), "{\"estimated_cost\": \"2\"}");
        bobs.then().statusCode(201);
        Door.as(TestTokens.userToken(tenants.atNoon().id(), "bob"))
                .delete(RESERVATIONS + "/" + bobs.path("id"))
                .then()
                .statusCode(404);
    }

    @Test
    void aPersonsOwnKeyLearnsWhichBudgetStopsIt_butNotWhatOthersSpend() {
        var all = door.create("annual", "10", BLOCK);
        var two = door.create("annual", "100", BLOCK + ", 'scope': {'user': ['ada', 'bob']}");
        var adas = door.create("annual", "50", BLOCK + ", 'scope': {'user': 'ada'}");
        var position = tenant.uses(tenant.call("bob", Instant.now(), "9"), tenant.call("ada", Instant.now(), "0.25"));
        door.status(all, position);

        Door.reserved(() -> door.user("ada"), "{\"estimated_cost\": \"1\"}")
                .then()
                .statusCode(402)
                .body("budget_id", equalTo(all.path("id")))
                .body("budget_name", equalTo("Team"))
                .body("window.end", notNullValue())
                .body("resets_at", notNullValue())
                .body("requested", equalTo("1"))
                .body("$", hasKey("spent"))
                .body("spent", nullValue())
                .body("reserved", nullValue())
                .body("limit", nullValue())
                .body("detail", containsString("Team"))
                .body("detail", containsString(" until "))
                .body("detail", not(containsString("0.75")))
                .body("budgets[0].remaining", nullValue());
        var made = Door.reserved(() -> door.user("ada"), "{\"id\": \"hers\", \"estimated_cost\": \"0.5\"}");
        made.then()
                .statusCode(201)
                .body(
                        "budgets.budget_id",
                        hasItems(all.<String>path("id"), two.<String>path("id"), adas.<String>path("id")))
                .body("budgets.find { it.budget_id == '" + adas.path("id") + "' }.spent", equalTo("0.25"))
                .body("budgets.find { it.budget_id == '" + adas.path("id") + "' }.limit", equalTo("50"))
                .body("budgets.find { it.budget_id == '" + two.path("id") + "' }.spent", nullValue())
                .body("budgets.find { it.budget_id == '" + two.path("id") + "' }.scope.user", contains("ada"))
                .body("budgets.find { it.budget_id == '" + all.path("id") + "' }.remaining", nullValue());
        Door.reserved(() -> door.user("ada"), "{\"id\": \"hers\", \"estimated_cost\": \"0.5\"}")
                .then()
                .statusCode(200)
                .body("budgets.find { it.budget_id == '" + all.path("id") + "' }.spent", nullValue());
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> door.user("ada")
                .get("/api/v1/analytics/check-limit?estimated_cost=1")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(false))
                .body("blocking.budget_id", contains(all.<String>path("id")))
                .body("blocking[0].name", equalTo("Team"))
                .body("blocking[0].resets_at", notNullValue())
                .body("blocking[0].spent", nullValue())
                .body("blocking[0].overage", nullValue())
                .body("blocking[0].blocks_at", nullValue())
                .body("limits.find { it.budget_id == '" + adas.path("id") + "' }.reserved", equalTo("0.5")));
        check("user=ada&estimated_cost=1").then().body("blocking[0].spent", equalTo("9.25"));
    }

    @Test
    void aCallMustFitAllBudgetsThatCoverIt_fromTheOrganizationDownToTheModel() {
        var organization = door.create("annual", "10", BLOCK);
        var project = door.create("monthly", "8", BLOCK + ", 'scope': {'project': 'chat'}");
        var person = door.create("weekly", "6", BLOCK + ", 'scope': {'user': 'ada'}");
        var model = door.create("daily", "4", BLOCK + ", 'scope': {'model': 'claude-haiku', 'tag.team': 'search'}");
        var call = "{\"user\": \"ada\", \"project\": \"chat\", \"model\": \"claude-haiku\","
                + " \"tags\": {\"team\": \"search\"}, \"estimated_cost\": \"%s\"}";
        reserve(call.formatted("4.01")).then().statusCode(402).body("budget_id", equalTo(model.path("id")));
        reserve(call.formatted("8.01"))
                .then()
                .statusCode(402)
                .body(
                        "budgets.budget_id",
                        containsInAnyOrder(
                                project.<String>path("id"), person.<String>path("id"), model.<String>path("id")));
        reserve(call.formatted("11")).then().statusCode(402).body("budgets", hasSize(4));
        reserve(call.formatted("4")).then().statusCode(201).body("budgets", hasSize(4));
        reserve("{\"user\": \"ada\", \"estimated_cost\": \"2.01\"}")
                .then()
                .statusCode(402)
                .body("budgets.budget_id", contains(person.<String>path("id")));
        reserve("{\"user\": \"bob\", \"estimated_cost\": \"6.01\"}")
                .then()
                .statusCode(402)
                .body("budgets.budget_id", contains(organization.<String>path("id")));
    }

    @Test
    void aPausedBudgetStopsNobody_andGoesOnCounting() {
        var budget = door.create("annual", "1", BLOCK);
        var path = "/api/v1/budgets/" + budget.path("id");
        reserve("{\"estimated_cost\": \"2\"}").then().statusCode(402);
        var paused = door.admin()
                .header("If-Match", "\"1\"")
                .body("{\"is_active\": false}")
                .patch(path);
        paused.then().statusCode(200).body("is_active", equalTo(false));
        reserve("{\"estimated_cost\": \"2\"}").then().statusCode(201).body("budgets", empty());
        var position = tenant.uses(tenant.call("ada", Instant.now(), "3"));
        door.status(budget, position).body("current_spend", equalTo("3")).body("blocked", equalTo(false));
        door.after(position).get(path + "/history?days=1").then().body("total_cost", equalTo("3"));
        door.admin()
                .header("If-Match", "\"2\"")
                .body("{\"is_active\": true}")
                .patch(path)
                .then()
                .statusCode(200);
        reserve("{\"estimated_cost\": \"0\"}").then().statusCode(402).body("spent", equalTo("3"));
    }

    /** Settling moves an amount from reserved to spent: whoever looks meanwhile sees it in one of them. */
    @Test
    void aStatusIsOfOneMoment_whileReservationsAreSettled() throws Exception {
        var budget = door.create("annual", "1000", BLOCK);
        int calls = 60;
        for (int call = 0; call < calls; call++) {
            reserve("{\"id\": \"r-" + call + "\", \"estimated_cost\": \"1\"}")
                    .then()
                    .statusCode(201);
        }
        var last = reserve("{\"id\": \"last\", \"estimated_cost\": \"1\"}").header("Centime-Position");
        door.status(budget, last).body("reserved", equalTo(String.valueOf(calls + 1)));
        try (var settler = Executors.newVirtualThreadPerTaskExecutor()) {
            var settled = settler.submit(() -> {
                String position = "";
                for (int call = 0; call < calls; call++) {
                    position = tenant.uses(tenant.settling("r-" + call, tenant.call("ada", Instant.now(), "1")));
                }
                return position;
            });
            while (!settled.isDone()) {
                var status = door.admin()
                        .get("/api/v1/budgets/" + budget.path("id") + "/status")
                        .jsonPath();
                assertThat(status.getInt("current_spend") + status.getInt("reserved"))
                        .isEqualTo(calls + 1);
                var listed = door.admin().get("/api/v1/budgets").jsonPath();
                assertThat(listed.getInt("items[0].status.current_spend") + listed.getInt("items[0].status.reserved"))
                        .isEqualTo(calls + 1);
            }
            door.status(budget, settled.get())
                    .body("current_spend", equalTo(String.valueOf(calls)))
                    .body("reserved", equalTo("1"));
        }
    }

    @Test
    void aCallIsHeldAgainstTheBudgetsOfItsProvider_howeverItIsNamed() {
        tenants.sold("openai", "gpt-of-this-test");
        var anthropics = door.create("annual", "1", BLOCK + ", 'scope': {'provider': 'Anthropic'}");
        anthropics.then().body("scope.provider", contains("anthropic"));
        door.status(anthropics, tenant.uses(tenant.call("ada", Instant.now(), "1")))
                .body("current_spend", equalTo("1"));
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> check("model=gpt-of-this-test").then().body("allowed", equalTo(true)));
        var openais = door.create("annual", "5", BLOCK + ", 'scope': {'model': 'openai/gpt-of-this-test'}");
        openais.then().body("scope.provider", contains("openai")).body("scope.model", contains("gpt-of-this-test"));
        var made = reserve("{\"estimated_cost\": \"2\", \"model\": \"OpenAI/gpt-of-this-test\"}");
        made.then().statusCode(201);
        door.status(openais, made.header("Centime-Position")).body("reserved", equalTo("2"));
        door.status(anthropics, made.header("Centime-Position")).body("reserved", equalTo("0"));

        var unknown = "{\"estimated_cost\": \"0.1\", \"model\": \"never-heard-of\"%s}";
        reserve(unknown.formatted(""))
                .then()
                .statusCode(402)
                .body("budgets.budget_id", contains(anthropics.<String>path("id")));
        check("model=never-heard-of").then().body("allowed", equalTo(false));
        reserve(unknown.formatted(", \"provider\": \"mistral\"")).then().statusCode(201);
    }

    @Test
    void whatIsHeldForACallOfNoKnownProvider_isHeldByThoseOfEachProvider() {
        var budget = door.create("annual", "5", BLOCK + ", 'scope': {'provider': 'anthropic'}");
        var made = reserve("{\"estimated_cost\": \"4\", \"model\": \"never-heard-of\"}");
        made.then().statusCode(201).body("budgets", hasSize(1));
        door.status(budget, made.header("Centime-Position")).body("reserved", equalTo("4"));
        reserve("{\"estimated_cost\": \"2\", \"provider\": \"ANTHROPIC\"}")
                .then()
                .statusCode(402)
                .body("reserved", equalTo("4"));
    }

    @Test
    void whatIsHeldForAPerson_isNotSettledByAnotherOnesCall() {
        var budget = door.create("annual", "5", BLOCK);
        reserve("{\"id\": \"adas\", \"estimated_cost\": \"4\", \"user\": \"ada\"}")
                .then()
                .statusCode(201);
        var others = tenant.uses(
                tenant.settling("adas", tenant.call("bob", Instant.now(), "0.1")),
                tenant.settling("adas", tenant.call(null, Instant.now(), "0.1")));
        door.status(budget, others).body("reserved", equalTo("4")).body("current_spend", equalTo("0.2"));
        reserve("{\"estimated_cost\": \"1\"}")
                .then()
                .statusCode(402)
                .body("reserved", equalTo("4"))
                .body("spent", equalTo("0.2"));
        var hers = tenant.uses(tenant.settling("adas", tenant.call("ada", Instant.now(), "1")));
        door.status(budget, hers).body("reserved", equalTo("0")).body("current_spend", equalTo("1.2"));
    }

    @Test
    void aRefusalIsNotRepeated_whenThereIsRoomAgain() {
        door.create("annual", "5", BLOCK);
        reserve("{\"id\": \"first\", \"estimated_cost\": \"5\"}").then().statusCode(201);
        reserveByKey().then().statusCode(402);
        release("first").then().statusCode(204);
        var made = reserveByKey();
        made.then().statusCode(201);
        reserveByKey().then().statusCode(201).body("id", equalTo(made.path("id")));
    }

    private Response reserveByKey() {
        return Door.reserved(() -> door.admin().header("Idempotency-Key", "the-second"), "{\"estimated_cost\": \"1\"}");
    }

    @Test
    void badInputNamesTheFields() {
        reserve(
                        "{\"estimated_cost\": -1, \"ttl_seconds\": 3601, \"id\": \"a b\", \"model\": 7, \"tags\": {\"\": \"x\"}}")
                .then()
                .statusCode(422)
                .body("errors.field", hasItems("estimated_cost", "ttl_seconds", "id", "model", "tags."));
        reserve("{}").then().statusCode(422).body("errors[0].field", equalTo("estimated_cost"));
        reserve("[]").then().statusCode(422);
        reserve("{\"estimated_cost\": \"1e99999\"}").then().statusCode(422);
        door.admin()
                .get("/api/v1/analytics/check-limit?estimated_cost=-1")
                .then()
                .statusCode(400);
        door.admin().get("/api/v1/analytics/check-limit?model=a&model=b").then().statusCode(400);
    }

    @Test
    void aCheckSaysWhatWouldStopACall_andHoldsNothing() {
        var budget = door.create("annual", "5", BLOCK + ", 'scope': {'model': 'claude-haiku'}");
        door.create("annual", "1", "");
        tenant.uses(tenant.call("ada", Instant.now(), "3"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> check(
                        "model=claude-haiku&estimated_cost=2.01")
                .then()
                .statusCode(200)
                .body("allowed", equalTo(false))
                .body("blocking.budget_id", contains(budget.<String>path("id")))
                .body("blocking[0].spent", equalTo("3"))
                .body("blocking[0].resets_at", notNullValue())
                .body("limits", hasSize(2))
                .body("limits.find { it.blocks_at == null }.overage", equalTo("2"))
                .body("as_of", notNullValue()));
        check("model=claude-haiku&estimated_cost=2")
                .then()
                .body("allowed", equalTo(true))
                .body("blocking", empty());
        check("model=gpt-5&estimated_cost=100")
                .then()
                .body("allowed", equalTo(true))
                .body("limits", hasSize(1));
        reserve("{\"estimated_cost\": \"2\", \"model\": \"claude-haiku\"}")
                .then()
                .statusCode(201);
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> check("model=claude-haiku")
                .then()
                .body("allowed", equalTo(false))
                .body("blocking[0].reserved", equalTo("2"))
                .body("blocking[0].remaining", equalTo("0"))
                .body("blocking[0].session", nullValue()));
    }

    private Response reserve(String body) {
        return Door.reserved(door::admin, body);
    }

    private Response release(String id) {
        return door.admin().delete(RESERVATIONS + "/" + id);
    }

    private Response check(String query) {
        return Door.answered(() -> door.admin().get("/api/v1/analytics/check-limit?" + query));
    }
}
