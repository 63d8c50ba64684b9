package dev.centime.ingest.reaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.centime.contracts.Contracts;
import dev.centime.contracts.Organization;
import dev.centime.contracts.PriceSet;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.price.GivenPrices;
import dev.centime.database.TestPostgres;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.Api;
import dev.centime.ingest.Prices;
import dev.centime.ingest.TestOrganizations;
import dev.centime.ingest.command.correctusage.CorrectUsage;
import dev.centime.ingest.command.correctusage.CorrectUsageHandler;
import dev.centime.ingest.event.DetailExpired;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.MonthDay;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Between the moment that a price bears and the one from which it can be read lies its commit, which is held up here. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class PriceInFlightTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int KEPT_DAYS = 90;

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    @Inject
    CorrectUsageHandler corrections;

    @Inject
    Prices prices;

    @Inject
    PriceCheck check;

    TestPostgres.Database database;

    /** Of the last few days, and of a day whose calls are no longer kept one by one. */
    @ParameterizedTest
    @ValueSource(ints = {1, 400})
    void aCallThatIsTakenMeanwhile_costsThatPrice(int daysAgo) throws SQLException {
        var organization = organization();
        var api = new Api(TestTokens.orgAdminToken(organization));
        api.record(call("before", daysAgo));
        organizations.settle(organization);
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            append(connection, price(organization, "5"));
            var meanwhile = api.record(call("meanwhile", daysAgo));
            assertThat(meanwhile.at("/records/0/total_cost").asText()).isEqualTo("0.002");
            awaitChecked(organization);
            connection.commit();
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        api.get("/usage/meanwhile").get("total_cost").asText())
                .isEqualTo("0.005"));
        organizations.settle(organization);
        assertThat(api.get("/usage/before").get("total_cost").asText()).isEqualTo("0.002");
        assertThat(api.get("/costs/breakdown?dimension=model&days=3000")
                        .get("total_cost")
                        .asText())
                .isEqualTo("0.007");
    }

    @Test
    void aCorrectionThatIsTakenMeanwhile_costsThatPrice() throws SQLException {
        var organization = organization();
        var api = new Api(TestTokens.orgAdminToken(organization));
        api.record(call("grown", 1));
        organizations.settle(organization);
        try (var connection = database.connect()) {
            connection.setAutoCommit(false);
            append(connection, price(organization, "5"));
            correct(organization, "grown", 2000);
            awaitChecked(organization);
            connection.commit();
        }

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        api.get("/usage/grown").get("total_cost").asText())
                .isEqualTo("0.01"));
    }

    /** The price of the first correction is not that of the second, which the view holds by the time the first is checked. */
    @Test
    void aCorrection_thatIsCheckedAfterALaterOne_leavesItsPriceAlone() {
        var organization = organization();
        var api = new Api(TestTokens.orgAdminToken(organization));
        api.record(call("grown", 1));
        organizations.settle(organization);
        correct(organization, "grown", 2000);
        organizations.settle(organization);
        var first = last(organization);
        append(Contracts.PLATFORM, price(organization, "5"));
        prices.refreshed().await().atMost(SOON);
        correct(organization, "grown", 3000);
        organizations.settle(organization);
        assertThat(api.get("/usage/grown").get("total_cost").asText()).isEqualTo("0.015");

        check.of(List.of(first, last(organization))).await().atMost(SOON);

        organizations.settle(organization);
        assertThat(first.payload()).isInstanceOf(UsageCorrected.class);
        assertThat(api.get("/usage/grown").get("total_cost").asText()).isEqualTo("0.015");
        assertThat(api.get("/usage/grown").get("corrections"))
                .as("two that its source told of, none of its price")
                .hasSize(2);
    }

    private void correct(String organization, String id, long inputTokens) {
        var larger = new CorrectUsage(id, Tokens.of(inputTokens, 0), Map.of(), 1, null);
        assertThat(corrections
                        .correct(organization, "api", List.of(larger), Map.of())
                        .await()
                        .atMost(SOON))
                .isEqualTo(1);
    }

    /** The last correction of a call's content. */
    private Event last(String organization) {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        return log
                .read(partition, 0, Integer.MAX_VALUE, types.namesOf(Set.of(UsageCorrected.class)))
                .await()
                .atMost(SOON)
                .events()
                .stream()
                .filter(event -> event.organization().equals(organization))
                .reduce((one, later) -> later)
                .map(event -> new Event(event, types.decode(event).orElseThrow()))
                .orElseThrow();
    }

    /** With a contract price, and calls that expired yesterday if they are older than that. */
    private String organization() {
        var id = organizations.create("UTC");
        organizations.change(
                new Organization(id, id, ZoneId.of("UTC"), DayOfWeek.MONDAY, MonthDay.of(1, 1), true, KEPT_DAYS));
        var now = Instant.now();
        var before = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(KEPT_DAYS));
        var expired = new DetailExpired(before, KEPT_DAYS, false, now.plus(Duration.ofDays(1)));
        append(id, expired);
        append(Contracts.PLATFORM, price(id, "2"));
        prices.refreshed().await().atMost(SOON);
        organizations.settle(id);
        return id;
    }

    private static PriceSet price(String organization, String input) {
        return new PriceSet(
                UUID.randomUUID().toString(), organization, null, GivenPrices.price("acme", "m", input, "1"), "test");
    }

    private static String call(String id, int daysAgo) {
        return """
                {"id": "%s", "timestamp": "%s", "provider": "acme", "model": "m", "input_tokens": 1000}
                """.formatted(id, Instant.now().minus(Duration.ofDays(daysAgo)));
    }

    private void append(String organization, Object told) {
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), told, Map.of(), Set.of());
        log.append(organization, List.of(event)).await().atMost(SOON);
    }

    /** As the log appends it, in a transaction that whoever calls this ends. */
    private void append(Connection connection, PriceSet price) throws SQLException {
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), price, Map.of(), Set.of());
        try (var statement = connection.prepareStatement("SELECT o_first FROM log.append(0, ARRAY[?], ARRAY[?],"
                + " ARRAY[?::uuid], NULL, ARRAY[?], ARRAY[?], ARRAY[now()], ARRAY[NULL]::text[], ARRAY[?],"
                + " '{}'::int[], '{}'::text[], false, NULL)")) {
            statement.setString(1, Contracts.PLATFORM);
            statement.setString(2, event.id());
            statement.setString(3, UUID.randomUUID().toString());
            statement.setString(4, event.type());
            statement.setInt(5, event.version());
            statement.setBytes(6, event.payload());
            statement.execute();
        }
    }

    private void awaitChecked(String organization) {
        var partition = log.partitionOf(organization).await().atMost(SOON);
        var head = log.head(partition).await().atMost(SOON);
        await().atMost(SOON).until(() -> checkedUpTo(partition) >= head);
    }

    private long checkedUpTo(int partition) throws SQLException {
        try (var connection = database.connect();
                var statement = connection.prepareStatement("SELECT up_to FROM ingest.projection_position"
                        + " WHERE projection = 'check-price' AND partition = ?")) {
            statement.setInt(1, partition);
            try (var rows = statement.executeQuery()) {
                return rows.next() ? rows.getLong("up_to") : -1;
            }
        }
    }
}
