package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** kill -9 of every process, one after the other, at random moments of a load; then every view against a recount. */
class KillsIT {
    private static final int RECORDS = 50_000;
    private static final String PERIOD = "&start_date=" + LocalDate.now().minusDays(5) + "&end_date="
            + LocalDate.now().plusDays(1);
    private static final String LAUNCHER = "launcher";

    @Test
    void everyAcknowledgedRecordIsThereOnce_andEveryViewEqualsARecount() throws Exception {
        var seed = System.nanoTime();
        try (var centime = Instance.fresh()) {
            centime.up().succeeded();
            centime.api()
                    .post(
                            "/api/v1/budgets",
                            "{\"name\":\"load\",\"budget_type\":\"annual\",\"total_limit\":\"1000000\"}")
                    .ok();
            var load = new Load(centime.api(), RECORDS);
            var sending = CompletableFuture.runAsync(() -> send(load));

            var kills = killEach(centime, load, new Random(seed), sending);

            sending.get();
            assertThat(centime.isReady()).isTrue();
            agree(centime, load);
            System.out.printf(
                    "kills: %s (seed %d)%nrecords: %,d sent and acknowledged, %,d retries of a batch, every one counted once%n",
                    kills, seed, load.acknowledged(), load.retries());
        }
    }

    /** The kills are spread over the load: each waits until a random further part of it is acknowledged. */
    private static List<String> killEach(Instance centime, Load load, Random random, CompletableFuture<Void> sending) {
        var victims = new ArrayList<>(
                List.of("ingest", "budget", "forecast", "recommendation", "gateway", "postgres", LAUNCHER));
        Collections.shuffle(victims, random);
        var killed = new ArrayList<String>();
        var share = RECORDS / (victims.size() + 1);
        for (var victim : victims) {
            var moment = killed.size() * share + random.nextInt(share);
            await().atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> load.acknowledged() >= moment || sending.isCompletedExceptionally());
            assertThat(sending).as("the load goes on").isNotCompletedExceptionally();
            killed.add(victim + " at " + load.acknowledged());
            kill(centime, victim);
        }
        return killed;
    }

    private static void kill(Instance centime, String victim) {
        if (victim.equals(LAUNCHER)) {
            Instance.kill(centime.launcherPid());
            centime.up().succeeded();
            return;
        }
        var before = centime.pid(victim);
        Instance.kill(before);
        await().atMost(Duration.ofMinutes(1)).until(() -> {
            var now = centime.pid(victim);
            return now != 0 && now != before && centime.isReady();
        });
    }

    private static void send(Load load) {
        try {
            load.send(2);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void agree(Instance centime, Load load) {
        assertThat(load.acknowledged()).isEqualTo(RECORDS);
        assertThat(load.acceptedTwice()).isZero();
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            var all = centime.api().get("/api/v1/costs/breakdown?dimension=model" + PERIOD);
            assertThat(all.path("requests").asLong()).isEqualTo(RECORDS);
            assertThat(new BigDecimal(all.path("total_cost").asText())).isEqualByComparingTo(load.cost());
        });
        for (var item : centime.api()
                .get("/api/v1/costs/breakdown?dimension=model" + PERIOD)
                .path("items")) {
            var model = item.path("key").asText();
            assertThat(item.path("requests").asLong()).as(model).isEqualTo(load.requests(model));
            assertThat(new BigDecimal(item.path("total_cost").asText()))
                    .as(model)
                    .isEqualByComparingTo(load.cost(model));
        }
        for (var item : centime.api()
                .get("/api/v1/costs/breakdown?dimension=user" + PERIOD)
                .path("items")) {
            var user = Integer.parseInt(item.path("key").asText().replace("user-", ""));
            assertThat(item.path("requests").asLong()).isEqualTo(load.requestsOfUser(user));
        }
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(budgetSpend(centime)).isEqualByComparingTo(load.cost()));
        // Position and rows move in one transaction, so a view that stands at the log's end is compared whole.
        var projections = centime.api().get("/api/v1/admin/projections");
        assertThat(projections.toString()).doesNotContain("\"parked\":[{");
    }

    private static BigDecimal budgetSpend(Instance centime) {
        var id = centime.api()
                .get("/api/v1/budgets")
                .path("items")
                .get(0)
                .path("id")
                .asText();
        return new BigDecimal(centime.api()
                .get("/api/v1/budgets/" + id + "/status")
                .path("current_spend")
                .asText());
    }
}
