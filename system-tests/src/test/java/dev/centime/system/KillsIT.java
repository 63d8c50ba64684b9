package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** kill -9 of every process, one after the other, at random moments of a load; then every view against a recount. */
class KillsIT {
    private static final int RECORDS = 40_000;
    private static final String PERIOD = "&start_date=" + LocalDate.now().minusDays(5) + "&end_date="
            + LocalDate.now().plusDays(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String LAUNCHER = "launcher";
    private static final List<String> VICTIMS =
            List.of("ingest", "budget", "forecast", "recommendation", "gateway", "postgres", LAUNCHER);

    /** A kill, and what was going on just then. */
    private record Kill(String victim, int acknowledged, int underWay) {
        @Override
        public String toString() {
            return "%s at %,d of %,d, %d batches under way".formatted(victim, acknowledged, RECORDS, underWay);
        }
    }

    @Test
    void everyAcknowledgedRecordIsThereOnce_andEveryViewEqualsARecount() throws Exception {
        var seed = System.nanoTime();
        try (var centime = Instance.fresh()) {
            centime.up().succeeded();
            centime.api()
                    .post(
                            "/api/v1/budgets",
                            "{\"name\":\"load\",\"budget_type\":\"custom\",\"total_limit\":\"1000000\",\"start_date\":\"%s\",\"end_date\":\"%s\"}"
                                    .formatted(
                                            LocalDate.now().minusDays(5),
                                            LocalDate.now().plusDays(3)))
                    .ok();
            var load = new Load(centime.api(), RECORDS);
            var sending = CompletableFuture.runAsync(() -> send(load));

            var kills = killEach(centime, load, new Random(seed), sending);

            sending.get();
            assertThat(kills).hasSameSizeAs(VICTIMS).allSatisfy(kill -> {
                assertThat(kill.underWay()).as(kill.victim()).isPositive();
                assertThat(kill.acknowledged()).as(kill.victim()).isLessThan(RECORDS);
            });
            await().atMost(PATIENCE).until(centime::isReady);
            agree(centime, load);
            kills.forEach(kill -> System.out.println("killed " + kill));
            System.out.printf(
                    "%d kills (seed %d); %,d records sent and acknowledged, %,d retries of a batch, every one counted once%n",
                    kills.size(), seed, load.acknowledged(), load.retries());
        }
    }

    /**
     * The kills are spread over the load. Each has a share of it, beyond which the load does not go before the part is back, and
     * comes at a random moment of that share's first half, when a batch is on its way; where that moment was missed, the load goes on
     * until one is.
     */
    private static List<Kill> killEach(Instance centime, Load load, Random random, CompletableFuture<Void> sending) {
        var victims = new ArrayList<>(VICTIMS);
        Collections.shuffle(victims, random);
        var kills = new ArrayList<Kill>();
        var share = RECORDS / (victims.size() + 1);
        for (var victim : victims) {
            var moment = kills.size() * share + random.nextInt(share / 2);
            load.allow((kills.size() + 1) * share);
            var kill = await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(
                            () -> standing(victim, load, sending),
                            now -> now.acknowledged() >= moment && now.underWay() > 0);
            var before = pid(centime, victim);
            Instance.kill(before);
            kills.add(kill);
            awaitAnother(centime, victim, before);
        }
        load.allow(RECORDS);
        return kills;
    }

    private static long pid(Instance centime, String victim) {
        return victim.equals(LAUNCHER) ? centime.launcherPid() : centime.pid(victim);
    }

    /** What a kill would be now; fails with the reason when the load does not go on. */
    private static Kill standing(String victim, Load load, CompletableFuture<Void> sending) {
        if (sending.isCompletedExceptionally()) {
            sending.join();
        }
        var now = new Kill(victim, load.acknowledged(), load.underWay());
        if (now.underWay() == 0) {
            load.allow(now.acknowledged() + Load.BATCH);
        }
        return now;
    }

    /** Returns when what was killed is back. */
    private static void awaitAnother(Instance centime, String victim, long before) {
        if (victim.equals(LAUNCHER)) {
            centime.up().succeeded();
        } else {
            await().atMost(PATIENCE).until(() -> {
                var now = centime.pid(victim);
                return now != 0 && now != before && isHealthy(centime);
            });
        }
    }

    private static boolean isHealthy(Instance centime) {
        try {
            return centime.api()
                            .trySend("GET", "/health", new byte[0], Map.of())
                            .status()
                    == 200;
        } catch (IOException e) {
            return false; // the gateway is not back yet
        }
    }

    private static void send(Load load) {
        try {
            load.send(2);
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    private static void agree(Instance centime, Load load) throws Exception {
        assertThat(load.acknowledged()).isEqualTo(RECORDS);
        assertThat(load.acceptedTwice()).isZero();
        // Position and rows move in one transaction, so a view that stands at the log's end is compared whole.
        centime.settle();
        for (var item : breakdown(centime, "model")) {
            var model = item.path("key").asText();
            assertThat(item.path("requests").decimalValue())
                    .as(model)
                    .isEqualByComparingTo(load.requestsByModel().get(model));
            assertThat(new BigDecimal(item.path("total_cost").asText()))
                    .as(model)
                    .isEqualByComparingTo(load.costByModel().get(model));
        }
        for (var item : breakdown(centime, "user")) {
            var user = Integer.parseInt(item.path("key").asText().replace("user-", ""));
            assertThat(item.path("requests").asLong()).isEqualTo(load.requestsOfUser(user));
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(budgetSpend(centime)).isEqualByComparingTo(load.cost()));
        try (var database = centime.database()) {
            var recount = new ViewRecount(database, load);
            recount.ofTheLog();
            recount.ofForecast();
            recount.ofRecommendation();
        }
    }

    /** All rows, whose totals are the load's. */
    private static JsonNode breakdown(Instance centime, String dimension) {
        var all = centime.api().get("/api/v1/costs/breakdown?dimension=" + dimension + PERIOD);
        assertThat(all.path("requests").asLong()).isEqualTo(RECORDS);
        return all.path("items");
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
