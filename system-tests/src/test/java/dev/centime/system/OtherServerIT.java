package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code up --postgres-url}: a server that was there before, and an account on it that is no superuser. */
class OtherServerIT {
    private static final String PASSWORD = "of our own";
    private static final String DATABASE = "ledger";
    private static final String CALL =
            "{\"id\":\"one\",\"model\":\"gpt-4.1\",\"provider\":\"openai\",\"input_tokens\":1000000,\"output_tokens\":0}";

    @Test
    void runsOnIt_leavesItRunning_andFindsEverythingAgain() throws Exception {
        try (var server = EmbeddedPostgres.builder()
                        .setPgBinaryResolver(OtherServerIT::programs)
                        .setPort(Instance.freePort())
                        .setPGStartupWait(Duration.ofSeconds(60))
                        .start();
                var centime = Instance.fresh()) {
            execute(server, "CREATE ROLE ops LOGIN CREATEROLE CREATEDB PASSWORD '" + PASSWORD + "'");
            var url = "postgresql://ops:" + PASSWORD.replace(" ", "%20") + "@127.0.0.1:" + server.getPort() + "/"
                    + DATABASE;

            centime.up("--postgres-url", url).succeeded();
            assertThat(commandLines()).noneMatch(line -> line.contains(PASSWORD.replace(" ", "%20")));
            assertThat(centime.run("status").succeeded().out()).doesNotContain("postgres ");
            assertThat(Files.exists(centime.directory().resolve("postgres"))).isFalse();
            centime.api().post("/api/v1/usage", CALL).ok();
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(total(centime)).isEqualByComparingTo("2"));
            System.out.println("connections of an idle instance: " + connections(server));
            centime.down().succeeded();

            // The server may notice a moment later that they are gone.
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> connections(server).isEmpty());
            centime.up("--postgres-url", url).succeeded();
            assertThat(total(centime)).isEqualByComparingTo("2");
        }
    }

    @Test
    void saysWhatIsWrong_whenNobodyAnswersThere() {
        try (var centime = Instance.fresh()) {
            var outcome = centime.up("--postgres-url", "postgresql://ops:secret@127.0.0.1:1/ledger");
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.err()).contains("migration").doesNotContain("secret");
        }
    }

    /** Those of the command line, which are on this class path twice: by Maven, and by the manifest of its jar. */
    private static InputStream programs(String system, String machine) {
        var name =
                "/postgres-%s-%s.txz".formatted(system.toLowerCase(Locale.ROOT), machine.replace("aarch64", "arm_64"));
        return OtherServerIT.class.getResourceAsStream(name);
    }

    private static BigDecimal total(Instance centime) {
        return new BigDecimal(centime.api()
                .get("/api/v1/costs/history?days=2")
                .path("total_cost")
                .asText());
    }

    private static List<String> commandLines() {
        return ProcessHandle.allProcesses()
                .flatMap(process -> process.info().commandLine().stream())
                .toList();
    }

    /** How many, by the name that each gives itself. */
    private static Map<String, Integer> connections(EmbeddedPostgres server) throws SQLException {
        try (var connection = superuser(server);
                var statement = connection.createStatement();
                var rows = statement.executeQuery(
                        "SELECT application_name, count(*) FROM pg_stat_activity WHERE datname = '" + DATABASE
                                + "' GROUP BY 1 ORDER BY 1")) {
            var found = new TreeMap<String, Integer>();
            while (rows.next()) {
                found.put(rows.getString(1), rows.getInt(2));
            }
            return found;
        }
    }

    private static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (var connection = superuser(server);
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection superuser(EmbeddedPostgres server) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + server.getPort() + "/postgres", "postgres", "postgres");
    }
}
