package dev.centime.ingest.exports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import blue.strategic.parquet.Hydrator;
import blue.strategic.parquet.ParquetReader;
import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.centime.contracts.Money;
import dev.centime.contracts.SessionBudgetStated;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.ingest.Api;
import dev.centime.ingest.TestOrganizations;
import dev.centime.kit.testing.ServiceDatabase;
import dev.centime.kit.testing.TestTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out, in every layout and format. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
class ExportTest {
    private static final String YEAR = "start_date=2025-01-01&end_date=2025-12-31";

    @Inject
    TestOrganizations organizations;

    @Inject
    EventLog log;

    @Inject
    EventTypes types;

    private String organization;
    private Api api;

    @BeforeEach
    void anOrganization() {
        organization = organizations.create("Asia/Kolkata");
        api = new Api(TestTokens.orgAdminToken(organization));
    }

    private void someCalls() {
        api.record("""
                [{"id": "c1", "timestamp": "2025-03-01T00:00:00.123456Z", "model": "claude-sonnet-4-5", "session": "s-1",
                  "input_tokens": 1000, "cache_read_tokens": 2000, "cache_write_tokens": 300, "cache_write_1h_tokens": 40,
                  "output_tokens": 500, "latency_ms": 100, "units": 2.5, "user": "=cmd|' /C calc'!A0", "project": "+1",
                  "tags": {"phase": "phase-0", "team": "röd \\"1\\", 🙂"}, "tool_calls": {"search": 2}},
                 {"id": "c2", "timestamp": "2025-03-31T20:00:00Z", "model": "claude-haiku-4-5", "session": "s-1",
                  "input_tokens": 10, "status": "error", "error_type": "@sum", "experiment": "-2+3",
                  "operation": "say \\"a,b\\"", "tags": {"phase": "phase-1"}},
                 {"id": "c3", "timestamp": "2025-04-01T00:00:00Z", "provider": "acme", "model": "nobody-knows",
                  "input_tokens": 7, "session": "s-2"},
                 {"id": "c4", "timestamp": "2025-04-02T00:00:00Z", "provider": "acme", "model": "nobody-knows",
                  "reported_cost": "0.000000000000000001", "session": "s-2"}]
                """);
    }

    @Test
    void csv_hasACallALine_andNoFormula() {
        someCalls();

        var answer = api.response("/costs/export?" + YEAR);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.contentType().replace(" ", "")).isEqualTo("text/csv;charset=utf-8");
        assertThat(answer.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"centime-calls-2025-01-01-2025-12-31.csv\"");
        var rows = csv(answer.body().asByteArray());
        var listed = api.get("/usage?" + YEAR).get("items");
        assertThat(rows).hasSize(4);
        for (int i = 0; i < 4; i++) {
            for (var column : List.of("id", "timestamp", "model", "input_tokens", "cost_source", "input_cost")) {
                assertThat(rows.get(i).getField(column))
                        .isEqualTo(listed.get(i).get(column).asText());
            }
        }
        var c1 = rows.get(3);
        assertThat(c1.getField("user")).isEqualTo("'=cmd|' /C calc'!A0");
        assertThat(c1.getField("project")).isEqualTo("'+1");
        assertThat(c1.getField("total_cost")).isEqualTo("0.012465");
        assertThat(Api.json(c1.getField("tags")).get("team").asText()).isEqualTo("röd \"1\", 🙂");
        var c2 = rows.get(2);
        assertThat(c2.getField("error_type")).isEqualTo("'@sum");
        assertThat(c2.getField("experiment")).isEqualTo("'-2+3");
        assertThat(c2.getField("operation")).isEqualTo("say \"a,b\"");
        assertThat(rows.get(1).getField("total_cost")).isEmpty();
        assertThat(rows.getFirst().getField("total_cost")).isEqualTo("0.000000000000000001");
    }

    @Test
    void json_isWhatUsageLists() {
        someCalls();

        var exported =
                Api.json(api.response("/costs/export?format=json&" + YEAR).asString());
        var lines = api.response("/costs/export?format=ndjson&" + YEAR).asString();

        var listed = api.get("/usage?" + YEAR).get("items");
        assertThat(exported).hasSize(4);
        for (int i = 0; i < 4; i++) {
            var item = listed.get(i);
            exported.get(i).properties().forEach(field -> assertThat(field.getValue())
                    .as(field.getKey())
                    .isEqualTo(item.get(field.getKey())));
        }
        assertThat(lines).endsWith("}\n");
        assertThat(lines.lines().map(Api::json)).containsExactlyElementsOf(exported);
    }

    @Test
    void parquet_hasTheSameValues_exactly() throws IOException {
        someCalls();

        var answer = api.response("/costs/export?format=parquet&" + YEAR);

        assertThat(answer.contentType()).isEqualTo("application/vnd.apache.parquet");
        var seen = parquet(answer.body().asByteArray()).stream()
                .map(row -> row.get("id") + " " + row.get("timestamp") + " " + row.get("input_tokens") + " "
                        + plain(row.get("total_cost")) + " " + row.get("user"))
                .toList();
        assertThat(seen)
                .containsExactly(
                        "c4 1743552000000000 0 0.000000000000000001 null",
                        "c3 1743465600000000 7 null null",
                        "c2 1743451200000000 10 0.000010000000000000 null",
                        "c1 1740787200123456 1000 0.012465000000000000 =cmd|' /C calc'!A0");
    }

    @ParameterizedTest
    @EnumSource
    void anExportOfNothing_isWhole(ExportFormat format) throws IOException {
        for (var layout : ExportLayout.texts()) {
            var answer = api.response("/costs/export?layout=" + layout + "&format=" + format.text() + "&" + YEAR);
            assertThat(answer.statusCode()).isEqualTo(200);
            var bytes = answer.body().asByteArray();
            switch (format) {
                case CSV -> assertThat(csv(bytes)).isEmpty();
                case NDJSON -> assertThat(bytes).asString().isBlank();
                case JSON -> {
                    var json = Api.json(new String(bytes, java.nio.charset.StandardCharsets.UTF_8));
                    assertThat(layout.equals("cost-tracking") ? json.get("sessions") : json)
                            .isEmpty();
                }
                case PARQUET -> assertThat(parquet(bytes)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"1.2, ProviderName, PublisherName", "1.4, ServiceProviderName, HostProviderName"})
    void focus_hasItsColumns_andChargesAddUpToTheCalls(String version, String provider, String other) {
        someCalls();

        var rows = csv(api.response("/costs/export?focus=" + version + "&" + YEAR)
                .body()
                .asByteArray());

        var header = rows.getFirst().getHeader();
        assertThat(header)
                .contains(
                        "BilledCost",
                        "BillingAccountId",
                        "BillingAccountName",
                        "BillingCurrency",
                        "BillingPeriodEnd",
                        "BillingPeriodStart",
                        "ChargeCategory",
                        "ChargeClass",
                        "ChargeDescription",
                        "ChargePeriodEnd",
                        "ChargePeriodStart",
                        "ContractedCost",
                        "EffectiveCost",
                        "InvoiceIssuerName",
                        "ListCost",
                        "PricingQuantity",
                        "PricingUnit",
                        "ServiceCategory",
                        "ServiceName",
                        provider,
                        other);
        assertThat(header.stream().filter(name -> !name.startsWith("x_")).toList())
                .isSorted();
        assertThat(rows.stream()
                        .map(row -> new BigDecimal(row.getField("BilledCost")))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(api.get("/costs/breakdown?dimension=model&" + YEAR)
                        .get("total_cost")
                        .asText());
        assertThat(rows.stream().filter(row -> row.getField("x_RecordId").equals("c1")))
                .extracting(row -> row.getField("SkuMeter"))
                .containsExactly("Input Tokens", "Output Tokens", "Cache Read Tokens", "Cache Write Tokens");
        var input = rows.stream()
                .filter(row -> row.getField("x_RecordId").equals("c1"))
                .findFirst()
                .orElseThrow();
        assertThat(input.getField(provider)).isEqualTo("anthropic");
        assertThat(input.getField("x_User")).isEqualTo("'=cmd|' /C calc'!A0");
        assertThat(input.getField("SubAccountId")).isEqualTo("'+1");
        assertThat(Api.json(input.getField("Tags")).get("team").asText()).isEqualTo("röd \"1\", 🙂");
        assertThat(input.getField("ListUnitPrice")).isEqualTo("3");
        assertThat(input.getField("PricingQuantity")).isEqualTo("0.001000");
        assertThat(input.getField("PricingUnit")).isEqualTo("1000000 Tokens");
        assertThat(input.getField("BillingPeriodStart")).isEqualTo("2025-02-28T18:30:00Z");
        assertThat(input.getField("BillingPeriodEnd")).isEqualTo("2025-03-31T18:30:00Z");
        assertThat(input.getField("ChargePeriodStart")).isEqualTo("2025-03-01T00:00:00Z");
        var unpriced = rows.stream()
                .filter(row -> row.getField("x_RecordId").equals("c3"))
                .findFirst()
                .orElseThrow();
        assertThat(unpriced.getField("x_CostSource")).isEqualTo("unpriced");
        assertThat(unpriced.getField("BilledCost")).isEqualTo("0");
    }

    @Test
    void sessions_areThoseOfTheList() {
        someCalls();

        var exported = Api.json(api.response("/costs/export?layout=sessions&format=json&" + YEAR)
                .asString());

        var listed = api.get("/sessions?sort=session&" + YEAR).get("items");
        assertThat(exported).hasSize(2);
        for (int i = 0; i < 2; i++) {
            var item = listed.get(i);
            for (var column : List.of("session", "total_cost", "total_tokens", "requests", "last_call_at")) {
                assertThat(exported.get(i).get(column)).isEqualTo(item.get(column));
            }
            assertThat(exported.get(i).get("models").asText()).isEqualTo(joined(item.get("models")));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aMeanLatencyWithoutEnd_isInEveryFormat(ExportFormat format) throws IOException {
        var calls = new ArrayList<String>();
        for (int i = 0; i < 300; i++) {
            calls.add("""
                    {"timestamp": "2025-03-01T00:00:00Z", "provider": "acme", "model": "m", "session": "s", "input_tokens": 1,
                     "latency_ms": %d}
                    """.formatted(i == 0 ? 1 : 0));
        }
        api.record(calls.toString());

        var bytes = api.response("/costs/export?layout=sessions&format=" + format.text() + "&" + YEAR)
                .body()
                .asByteArray();

        var text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        var mean =
                switch (format) {
                    case CSV -> csv(bytes).getFirst().getField("avg_latency_ms");
                    case NDJSON -> Api.json(text).get("avg_latency_ms").asText();
                    case JSON -> Api.json(text).at("/0/avg_latency_ms").asText();
                    case PARQUET -> plain(parquet(bytes).getFirst().get("avg_latency_ms"));
                };
        assertThat(new BigDecimal(mean)).isEqualByComparingTo("0.003333333");
    }

    @Test
    void costTracking_isLaidOutAsTheGuideHasIt() {
        someCalls();
        stateBudget("s-1", "500");

        var table = api.response("/costs/export?layout=cost-tracking&" + YEAR).asString();
        var json = Api.json(api.response("/costs/export?layout=cost-tracking&format=json&tag.phase=phase-0&" + YEAR)
                .asString());

        assertThat(table.replace("\r\n", "\n")).isEqualTo("""
                session,phase,date,budget_allocated,budget_spent,haiku_tasks,sonnet_tasks,total_cost
                s-1,phase-0 phase-1,2025-03-01,$500,$0.012475,1,1,$0.012475
                s-2,,2025-04-01,,$0.000000000000000001,0,0,$0.000000000000000001
                """);
        assertThat(json.get("project").asText()).isEqualTo(organization);
        assertThat(LocalDate.parse(json.get("export_date").asText())).isAfter(LocalDate.of(2025, 1, 1));
        assertThat(json.get("total_cost").asText()).isEqualTo("0.012465");
        assertThat(json.get("sessions")).hasSize(1);
        assertThat(json.at("/sessions/0")).isEqualTo(Api.json("""
                {"session":"s-1","phase":"phase-0","date":"2025-03-01","budget_allocated":"500","budget_spent":"0.012465",\
                "haiku_tasks":0,"sonnet_tasks":1,"total_cost":"0.012465"}"""));
        assertThat(api.get("/sessions/s-1").get("budget_allocated").asText()).isEqualTo("500");
    }

    @Test
    void filters_andOwnCallsOnly() {
        someCalls();
        var ann = new Api(TestTokens.userToken(organization, "ann"));
        ann.record("""
                {"id": "own", "timestamp": "2025-05-01T00:00:00Z", "model": "claude-haiku-4-5", "input_tokens": 10}
                """);

        assertThat(ids("model=claude-haiku-4-5", ann)).containsExactly("own");
        assertThat(ids("", ann)).containsExactly("own");
        ann.response("/costs/export?user=bob").then().statusCode(403);
        assertThat(ids("tag.phase=phase-1", api)).containsExactly("c2");
        assertThat(ids("session=s-2&model=nobody-knows", api)).containsExactly("c4", "c3");
        assertThat(ids("project=none", api)).isEmpty();
        new Api(TestTokens.ingestToken(organization))
                .response("/costs/export")
                .then()
                .statusCode(403);
        new Api(TestTokens.platformAdminToken("*"))
                .response("/costs/export")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "layout=posters",
                "format=xlsx",
                "focus=2.0",
                "focus=1.2&layout=sessions",
                "days=0",
                "as_of=2025-01-01T00:00:00Z"
            })
    void refusesAQuery_namingTheParameter(String parameters) {
        api.response("/costs/export?" + parameters).then().statusCode(400).body("errors.size()", equalTo(1));
    }

    private void stateBudget(String session, String dollars) {
        var stated = new SessionBudgetStated(session, Money.of(dollars), LocalDate.of(2025, 3, 1), "i");
        var event = types.encode(UUID.randomUUID().toString(), Instant.now(), stated, Map.of(), Set.of());
        log.append(organization, List.of(event)).await().atMost(Duration.ofSeconds(60));
        org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> !api.get("/sessions/" + session)
                .get("budget_allocated")
                .isNull());
    }

    private static List<String> ids(String parameters, Api api) {
        return csv(api.response("/costs/export?" + YEAR + "&" + parameters)
                        .body()
                        .asByteArray())
                .stream()
                .map(row -> row.getField("id"))
                .toList();
    }

    private static String joined(JsonNode texts) {
        var all = new ArrayList<String>();
        texts.forEach(text -> all.add(text.asText()));
        return String.join(" ", all);
    }

    private static List<NamedCsvRecord> csv(byte[] bytes) {
        var text = new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        return CsvReader.builder().ofNamedCsvRecord(text).stream().toList();
    }

    private static String plain(Object decimal) {
        return decimal == null ? "null" : new BigDecimal(decimal.toString()).toPlainString();
    }

    /** As another reader sees it: values by column. */
    private static List<Map<String, Object>> parquet(byte[] bytes) throws IOException {
        var file = Files.createTempFile("export", ".parquet");
        try {
            Files.write(file, bytes);
            try (var rows = ParquetReader.streamContent(
                    file.toFile(), columns -> new Hydrator<Map<String, Object>, Map<String, Object>>() {
                        @Override
                        public Map<String, Object> start() {
                            return new HashMap<>();
                        }

                        @Override
                        public Map<String, Object> add(Map<String, Object> row, String heading, Object value) {
                            row.put(heading, value);
                            return row;
                        }

                        @Override
                        public Map<String, Object> finish(Map<String, Object> row) {
                            return row;
                        }
                    })) {
                return rows.toList();
            }
        } finally {
            Files.delete(file);
        }
    }
}
