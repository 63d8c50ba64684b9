package dev.centime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a server that answers as api.md says; the real one is asked in system-tests. */
class CommandLineTest {
    @TempDir
    Path data;

    private final Map<String, String> answers = new ConcurrentHashMap<>();
    /** What is answered after the first time. */
    private final Map<String, String> later = new ConcurrentHashMap<>();

    private final List<String> asked = new ArrayList<>();
    private final StringWriter err = new StringWriter();
    private int status = 200;
    private boolean breaksOff;
    private HttpServer server;
    private String out = "";

    @BeforeEach
    void serve() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/", exchange -> {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + body);
            asked.add("key " + exchange.getRequestHeaders().getFirst("Authorization"));
            var path = exchange.getRequestURI().getPath();
            var answer = answers.getOrDefault(path, "{}").getBytes(StandardCharsets.UTF_8);
            if (later.containsKey(path)) {
                answers.put(path, later.remove(path));
            }
            exchange.sendResponseHeaders(status, breaksOff ? answer.length + 10 : answer.length);
            exchange.getResponseBody().write(answer);
            exchange.getResponseBody().flush();
            exchange.close();
        });
        server.start();
        Files.createDirectories(data.resolve("run"));
        Files.createDirectories(data.resolve("secrets"));
        Files.writeString(data.resolve("secrets/admin-key"), "the-key\n");
        Files.writeString(
                data.resolve("run/state.json"),
                "{\"launcherPid\":1,\"address\":\"http://127.0.0.1:"
                        + server.getAddress().getPort() + "\",\"newAdminKey\":false,\"failure\":null,\"parts\":[]}");
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void showsABreakdown() {
        answers.put("/api/v1/costs/breakdown", """
                {"items":[{"key":"anthropic","total_cost":"654.321000","share":0.662,"requests":1456,"total_tokens":9000000,
                  "units":"1456","cost_per_unit":"0.4494"},
                 {"key":null,"total_cost":"0.000012","share":0.0,"requests":3,"total_tokens":10,"units":0,"cost_per_unit":null}],
                 "total_cost":"654.321012","requests":1459,"unpriced_requests":2,"next_cursor":null}""");

        assertThat(run("cost", "breakdown", "--by", "provider", "--project", "a&b"))
                .isZero();

        assertThat(asked.getFirst())
                .contains("dimension=provider")
                .contains("days=30")
                .contains("project=a%26b");
        assertThat(asked).contains("key Bearer the-key");
        assertThat(out)
                .contains("Cost Breakdown by Provider (Last 30 Days)")
                .contains("│ anthropic │   $654.32 │ 66.2% │ 1,456 │")
                .contains("(none)")
                .contains("$0.000012")
                .contains("Total: $654.32 across 1,459 calls")
                .contains("2 calls have no known price");
    }

    @Test
    void writesCsvWithAllDigits_byTheNameOfTheFile() throws IOException {
        answers.put("/api/v1/costs/history", """
                {"points":[{"date":"2026-11-21","total_cost":"1.234567890123","requests":2,"units":"1"},
                 {"date":"2026-11-22","total_cost":"0","requests":0,"units":"0"}],
                 "total_cost":"1.234567890123","daily_average":"0.6","units":"1","cost_per_unit":"1.2"}""");
        var file = data.resolve("costs.csv");

        assertThat(run("cost", "history", "--days", "2", "--output", file.toString()))
                .isZero();

        assertThat(Files.readString(file))
                .isEqualTo("date,total_cost,requests,units\r\n2026-11-21,1.234567890123,2,1\r\n2026-11-22,0,0,0\r\n");
        assertThat(out).isEmpty();
    }

    @Test
    void drawsHistory() {
        answers.put("/api/v1/costs/history", """
                {"points":[{"date":"2026-11-21","total_cost":"20","requests":2,"units":"1"},
                 {"date":"2026-11-22","total_cost":"40","requests":1,"units":"0"}],
                 "total_cost":"60","daily_average":"30","units":"1","cost_per_unit":"60"}""");

        assertThat(run("cost", "history")).isZero();

        assertThat(out)
                .contains("Cost History (Last 30 Days)")
                .contains("Daily Cost Trend")
                .contains("╭")
                .contains("Total Spent:    $60.00")
                .contains("Daily Average:  $30.00");
    }

    @Test
    void showsAForecast_withTheBudgetThatWasAskedFor() {
        answers.put("/api/v1/costs/forecast", """
                {"method":"theta","historical_days_used":30,"points":[],
                 "totals":{"tomorrow":{"lower":"28.5","expected":"32.91","upper":"38.2"},
                  "next_3_days":{"lower":"85.5","expected":"98.73","upper":"114.6"},
                  "next_7_days":{"lower":"199.5","expected":"230.37","upper":"267.4"},
                  "horizon":{"lower":"199.5","expected":"230.37","upper":"267.4"}},
                 "budget_impact":{"limit":"500","spent":"423.12","forecast_remaining":"230.37","projected":"653.49",
                  "over_by":"153.49","status":"over"}}""");

        assertThat(run("cost", "forecast", "--budget", "500")).isZero();

        assertThat(asked.getFirst()).contains("\"horizon_days\":7").contains("\"budget\":\"500\"");
        assertThat(out)
                .contains("│ Next 7 days │  $199.50 │  $230.37 │   $267.40 │")
                .contains("May exceed budget by ~$153.49");
    }

    @Test
    void setsEstimatesBesideCosts() {
        answers.put("/api/v1/costs/variance", """
                {"items":[{"key":"r-1","estimated_cost":"0.45","actual_cost":"0.42","variance":"-0.03",
                  "variance_percent":-6.666666666666667,"status":"within","requests":5,"compared_requests":4},
                 {"key":null,"estimated_cost":"0","actual_cost":"0","variance":"0","variance_percent":null,"status":null,
                  "requests":1,"compared_requests":0}],
                 "total":{"estimated_cost":"0.45","actual_cost":"0.42","variance":"-0.03","variance_percent":-6.666666666666667,
                  "status":"within","requests":6,"compared_requests":4,"unpriced_requests":0,"without_estimate":2},
                 "next_cursor":null}""");

        assertThat(run("cost", "variance", "--tolerance", "5")).isZero();

        assertThat(asked.getFirst()).contains("dimension=run").contains("tolerance_percent=5");
        assertThat(out)
                .contains("Cost Variance by Run (Last 30 Days)")
                .contains("│ r-1    │   $0.4500 │ $0.4200 │ -$0.0300 │ -6.7% │ within │        4 │")
                .contains("│ (none) │         — │       — │        — │     — │        │        0 │")
                .contains("4 of 6 calls are compared; 2 have nothing to compare, 0 no known price.");
        assertThat(run("cost", "variance", "--format", "csv")).isZero();
        assertThat(out).startsWith("key,estimated_cost,actual_cost,variance,variance_percent,status,requests,");
    }

    @Test
    void reportsARun() {
        answers.put("/api/v1/costs/variance", """
                {"items":[],"total":{"estimated_cost":"0.45","actual_cost":"0.42","variance":"-0.03","variance_percent":-6.7,
                  "status":"within","requests":5,"compared_requests":5,"unpriced_requests":0,"without_estimate":0}}""");
        answers.put("/api/v1/costs/breakdown", """
                {"items":[{"key":"exp-1","total_cost":"1.72"},{"key":"r-1","total_cost":"0.44"}],"total_cost":"2.16"}""");
        answers.put("/api/v1/budgets", """
                {"items":[{"id":"b-1","budget_type":"monthly","total_limit":"150","scope":{}}]}""");
        answers.put("/api/v1/budgets/b-1/status", """
                {"current_spend":"45.20","remaining":"104.80","utilization":0.3013}""");

        assertThat(run("cost", "variance", "--run", "r-1")).isZero();

        assertThat(out).isEqualToNormalizingNewlines("""
                Cost Report

                This Run (r-1):
                  Estimated: $0.4500
                  Actual:    $0.4200 (-6.7%)

                Experiment Total (2 runs):
                  Total cost: $2.16
                  Average per run: $1.08

                Budget Status (Monthly):
                  Used: $45.20 / $150.00 (30.1%)
                  Remaining: $104.80

                  █████████░░░░░░░░░░░░░░░░░░░░░ 30.1%
                """);
    }

    @Test
    void reportsAPeriod_besideTheOneBefore() {
        answers.put("/api/v1/costs/analysis", """
                {"group_by":"project","period":{"start":"2026-10-01","end":"2026-10-31","time_zone":"UTC"},
                 "total":{"total_cost":"12.5","previous_total_cost":"10","change":"2.5","change_percent":25.0,"daily_average":"0.40",
                  "requests":50,"cost_per_request":"0.25","cost_per_unit":null,"unpriced_requests":3},
                 "items":[{"key":"web","total_cost":"12.5","share":1.0,"previous_total_cost":"4","change":"8.5","change_percent":212.5,
                   "requests":50,"cost_per_unit":null},
                  {"key":null,"total_cost":"0","share":0.0,"previous_total_cost":"6","change":"-6","change_percent":-100.0,
                   "requests":0,"cost_per_unit":null}],
                 "top_drivers":[{"dimension":"project","key":"web","change":"8.5"},{"dimension":"model","key":"old","change":"-6"}],
                 "next_cursor":null}""");

        assertThat(run("cost", "report", "--by", "project", "--period", "last_month", "--user", "ada"))
                .isZero();

        assertThat(asked.getFirst())
                .contains("group_by=project")
                .contains("period=last_month")
                .contains("user=ada")
                .doesNotContain("days=");
        assertThat(out)
                .contains("Cost Report by Project (2026-10-01 to 2026-10-31) — user ada")
                .contains("│ web     │ $12.50 │ 100.0% │  $4.00 │ +212.5% │    50 │      — │")
                .contains("│ (none)  │")
                .contains("Before:         $10.00 (+25.0%)")
                .contains("3 calls have no known price and are not in it.")
                .contains("+$8.50          project web")
                .contains("-$6.00          model old");
        assertThat(run("cost", "report", "--format", "csv")).isZero();
        assertThat(out).startsWith("key,total_cost,share,previous_total_cost,change,change_percent,requests,");
    }

    @Test
    void saysThatOnlyAPartIsCompared_whileAPeriodIsNotOver() {
        var answer = """
                {"period":{"start":"2026-11-22","end":"2026-11-22","time_zone":"Europe/Berlin"},
                 "previous_period":{"start":"2026-11-21","end":"2026-11-21","time_zone":"Europe/Berlin"},"previous_until":"%s",
                 "total":{"total_cost":"3","previous_total_cost":"2","compared_total_cost":"3","change":"1","change_percent":50.0,
                  "requests":1},"items":[],"top_drivers":[],"next_cursor":null}""";
        answers.put("/api/v1/costs/analysis", answer.formatted("2026-11-21T11:15:00Z"));
        assertThat(run("cost", "report", "--period", "today")).isZero();
        assertThat(out).contains("Before, so far: $2.00 (+50.0%)");
        answers.put("/api/v1/costs/analysis", answer.formatted("2026-11-21T23:00:00Z"));
        assertThat(run("cost", "report", "--period", "today")).isZero();
        assertThat(out).contains("Before:         $2.00 (+50.0%)");
    }

    @Test
    void showsWhereReportedCostsDiffer() {
        answers.put("/api/v1/costs/differences", """
                {"items":[{"key":"gpt-4o","reported_cost":"3","calculated_cost":"2.5","difference":"0.5","difference_percent":20.0,
                  "requests":1,"compared_requests":1}],
                 "total":{"reported_cost":"3","calculated_cost":"2.5","difference":"0.5","difference_percent":20.0,"requests":3,
                  "compared_requests":1,"unpriced_requests":2,"without_report":0},"next_cursor":null}""");

        assertThat(run("cost", "differences", "--by", "source")).isZero();

        assertThat(asked.getFirst()).contains("dimension=source");
        assertThat(out)
                .contains("Reported against Calculated Costs by Source")
                .contains("│ gpt-4o │    $3.00 │      $2.50 │    $0.5000 │ +20.0% │")
                .contains("│ Compared │")
                .doesNotContain("Status")
                .contains("1 of 3 calls are compared; 0 have nothing to compare, 2 no known price.");
    }

    @Test
    void estimatesATextOfAFile() throws IOException {
        answers.put("/api/v1/usage/estimate", """
                {"estimate_id":"e-1","provider":"anthropic","model":"claude-x","input_tokens":1234,"cache_read_tokens":0,
                 "output_tokens":500,"input_cost":"0.003702","output_cost":"0.0075","other_cost":"0","total_cost":"0.011202",
                 "tokenizer":"o200k_base × 1.08","exact":false,"error_percent":10}""");
        var prompt = Files.writeString(data.resolve("prompt.txt"), "Größe \"x\"");

        assertThat(run("cost", "estimate", prompt.toString(), "--model", "claude-x", "--output-tokens", "500"))
                .isZero();

        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/usage/estimate ")
                .contains("\"text\":\"Größe \\\"x\\\"\"")
                .contains("\"expected_output_tokens\":500");
        assertThat(out)
                .contains("Cost Estimate (anthropic/claude-x)")
                .contains("Input:           1,234 tokens   $0.003702")
                .contains("Total:                            $0.0112")
                .contains("within 10 %")
                .contains("estimate_id e-1");
        var picture = Files.write(data.resolve("picture.png"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertThat(run("cost", "estimate", picture.toString(), "--model", "x")).isEqualTo(Failure.FAILED);
        assertThat(err.toString()).contains("not text in UTF-8");
        assertThat(run("cost", "estimate", data.resolve("nowhere").toString(), "--model", "x"))
                .isEqualTo(Failure.FAILED);
    }

    @Test
    void setsABudget() {
        answers.put("/api/v1/budgets", "{\"items\":[],\"next_cursor\":null}");

        assertThat(run("cost", "budget", "set", "--monthly", "500.50", "--user", "ada"))
                .isZero();

        assertThat(asked).anySatisfy(line -> assertThat(line)
                .startsWith("POST /api/v1/budgets ")
                .contains("\"total_limit\":\"500.50\"")
                .contains("\"budget_type\":\"monthly\"")
                .contains("\"scope\":{\"user\":\"ada\"}"));
    }

    @Test
    void clearsTheBudgetOfAName_andNoOther() {
        answers.put("/api/v1/budgets", """
                {"items":[{"id":"b-1","name":"Monthly budget"},{"id":"b-2","name":"Daily budget"}],"next_cursor":null}""");

        assertThat(run("cost", "budget", "clear", "--name", "Daily budget")).isZero();
        assertThat(out).contains("Daily budget: cleared");
        assertThat(asked).anyMatch(line -> line.startsWith("DELETE /api/v1/budgets/b-2"));
        assertThat(asked).noneMatch(line -> line.startsWith("DELETE /api/v1/budgets/b-1"));

        assertThat(run("cost", "budget", "clear", "--name", "None")).isEqualTo(Failure.FAILED);
        assertThat(run("cost", "budget", "clear", "--name", "None", "--all")).isEqualTo(2);
    }

    @Test
    void clearsEveryBudget_onAllPages_whenNoneIsNamed() {
        answers.put("/api/v1/budgets", "{\"items\":[{\"id\":\"b-1\",\"name\":\"One\"}],\"next_cursor\":\"c\"}");
        later.put("/api/v1/budgets", "{\"items\":[{\"id\":\"b-2\",\"name\":\"Two\"}],\"next_cursor\":null}");

        assertThat(run("cost", "budget", "clear")).isZero();

        assertThat(out).isEqualTo("One: cleared\nTwo: cleared\n");
        assertThat(asked)
                .anyMatch(line -> line.contains("cursor=c"))
                .anyMatch(line -> line.startsWith("DELETE /api/v1/budgets/b-1"))
                .anyMatch(line -> line.startsWith("DELETE /api/v1/budgets/b-2"));
    }

    @Test
    void showsEveryBudget_onAllPages_withoutAskingForEach() {
        answers.put("/api/v1/budgets", budgets(1, "\"c\""));
        later.put("/api/v1/budgets", budgets(2, "null"));

        assertThat(run("cost", "budget", "status")).isZero();

        assertThat(out).contains("Budget 1", "Budget 2", "$400.00", "80.0%");
        assertThat(asked.stream().filter(line -> line.startsWith("GET"))).hasSize(2);
        assertThat(asked.getFirst()).contains("limit=1000");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysThatThereAreMoreThanWereAskedFor() {
        answers.put("/api/v1/budgets", budgets(1, "\"c\""));

        assertThat(run("cost", "budget", "status", "--limit", "1", "--format", "csv"))
                .isZero();

        assertThat(out.lines()).hasSize(2);
        assertThat(err.toString()).contains("the first 1 budgets").contains("--limit");
        assertThat(run("cost", "budget", "status", "--limit", "0")).isEqualTo(2);
    }

    private static String budgets(int number, String cursor) {
        return """
                {"items":[{"id":"b-%1$d","name":"Budget %1$d","budget_type":"monthly","total_limit":"500",
                  "status":{"current_spend":"400","remaining":"100","utilization":"0.8","alert_level":"warning",
                    "days_remaining":9,"exhaustion_at_rate":null}}],
                 "next_cursor":%2$s}""".formatted(number, cursor);
    }

    @Test
    void saysInOneLineWhatWasRefused() {
        status = 422;
        answers.put("/api/v1/costs/forecast", """
                {"title":"Invalid","status":422,"detail":"the forecast was refused",
                 "errors":[{"field":"horizon_days","reason":"must be\\u001b[31m at most 365"}]}""");

        assertThat(run("cost", "forecast", "--days", "9999")).isEqualTo(Failure.FAILED);

        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("horizon_days: must be").doesNotContain("\033");
    }

    @Test
    void tellsAWrongKeyFromAMissingServer() {
        status = 401;
        assertThat(run("cost", "history")).isEqualTo(Failure.NOT_ALLOWED);
        assertThat(err.toString()).contains("CENTIME_API_KEY");

        server.stop(0);
        assertThat(run("cost", "history")).isEqualTo(Failure.UNREACHABLE);
        assertThat(err.toString()).contains("centime up");
    }

    @Test
    void explainsMisuse() {
        assertThat(run("cost", "breakdown")).isEqualTo(2);
        assertThat(err.toString()).contains("--by").contains("centime cost breakdown --help");
        assertThat(run("cost", "budget", "set", "--monthly", "lots")).isEqualTo(2);
        assertThat(run("cost", "budget", "set", "--monthly", "1", "--daily", "1"))
                .isEqualTo(2);
    }

    @Test
    void importsAFile_andShowsWhatBecameOfIt() throws IOException {
        answers.put("/api/v1/imports", "{\"id\": \"im-1\"}");
        answers.put("/api/v1/imports/im-1", """
                {"id":"im-1","name":"calls.csv","state":"done","dry_run":false,"ended_at":"2026-11-22T10:00:00Z","failure":null,
                 "records":1234,"records_done":1234,"report":{"accepted":1234,"duplicates":5,"corrected":0,"rejected":1,
                  "ignored":0,"unpriced":2,"total_cost":"1.5","unpriced_models":[{"model":"unheard-of","records":2}],
                  "rejections":[{"file":null,"line":7,"field":"model","reason":"is required"}],"differences":[]}}""");
        var file = Files.writeString(data.resolve("calls.csv"), "Modell\nm\n");

        assertThat(run("import", file.toString(), "--mapping", "Modell=model", "--data-dir", data.toString()))
                .isZero();

        assertThat(asked.getFirst())
                .startsWith("POST /api/v1/imports ")
                .contains("name=\"mapping\"")
                .contains("{\"Modell\":\"model\"}")
                .contains("filename=\"calls.csv\"")
                .contains("Modell\nm\n");
        assertThat(out)
                .contains("accepted")
                .contains("1,234")
                .contains("line 7: model is required")
                .contains("unheard-of has no known price (2 records)");
    }

    @Test
    void followsAnImportWhoseFileIsStillRead() throws IOException {
        answers.put("/api/v1/imports", "{\"id\": \"im-1\", \"state\": \"receiving\"}");
        answers.put(
                "/api/v1/imports/im-1", "{\"id\":\"im-1\",\"state\":\"receiving\",\"ended_at\":null,\"records\":2000}");
        later.put("/api/v1/imports/im-1", """
                {"id":"im-1","name":"logs.zip","state":"failed","dry_run":false,"ended_at":"2026-11-22T10:00:00Z",
                 "failure":"file is packed, and broken or cut off","records":2000,"records_done":0,"report":{}}""");
        var file = Files.writeString(data.resolve("logs.zip"), "PK");

        assertThat(run("import", file.toString(), "--data-dir", data.toString()))
                .isEqualTo(Failure.FAILED);

        assertThat(out).contains("(failed)").contains("It failed: file is packed, and broken or cut off");
    }

    @Test
    void exportsIntoAFile_whichHasItsNameWhenItIsWhole() throws IOException {
        answers.put("/api/v1/costs/export", "id,total_cost\r\nc1,1.5\r\n");
        answers.put("/api/v1/costs/history", "{\"requests\":1}");
        var file = data.resolve("calls.csv");

        assertThat(run("cost", "export", "--days", "7", "--tag", "team=red", "--output", file.toString()))
                .isZero();

        assertThat(asked.getFirst())
                .contains("/costs/export?")
                .contains("layout=calls")
                .contains("format=csv")
                .contains("days=7")
                .contains("tag.team=red")
                .doesNotContain("focus");
        assertThat(Files.readString(file)).isEqualTo("id,total_cost\r\nc1,1.5\r\n");
        assertThat(data.resolve("calls.csv.part")).doesNotExist();
        assertThat(out).isEmpty();
    }

    @Test
    void anExportThatBreaksOff_leavesNoFile() throws IOException {
        breaksOff = true;
        var file = data.resolve("calls.ndjson");

        assertThat(run("cost", "export", "--layout", "sessions", "--output", file.toString()))
                .isEqualTo(3);

        assertThat(err.toString()).contains("broke off");
        assertThat(file).doesNotExist();
        assertThat(data.resolve("calls.ndjson.part")).doesNotExist();
    }

    @Test
    void listsSessions() {
        answers.put("/api/v1/sessions", """
                {"items":[{"session":"s-1","first_call_at":"2026-11-21T10:00:00Z","last_call_at":"2026-11-22T10:00:00Z",
                  "models":["m1","m2"],"requests":12,"error_count":0,"total_tokens":3456,"total_cost":"1.25",
                  "cache_savings":"0.5","cost_class":"red","unpriced_requests":0}],"next_cursor":"more"}""");

        assertThat(run("sessions", "--sort", "cost", "--min-cost", "1", "--data-dir", data.toString()))
                .isZero();

        assertThat(asked.getFirst())
                .contains("sort=-cost")
                .contains("min_cost=1")
                .contains("limit=50");
        assertThat(out)
                .contains("s-1")
                .contains("3,456")
                .contains("$1.25")
                .contains("m1, m2")
                .contains("There are more");
    }

    @Test
    void everyCommandTeachesItself() {
        for (var command : List.of("up", "down", "status", "logs", "cost", "sessions", "import", "archive")) {
            assertThat(run(command, "--help")).isZero();
            assertThat(out).contains("Usage: centime " + command);
        }
    }

    @Test
    void whereNothingRuns_nothingIsArchived() {
        assertThat(run("archive", "--data-dir", data.resolve("none").toString()))
                .isEqualTo(3);
        assertThat(err.toString()).contains("Nothing runs on");
        assertThat(data.resolve("none")).doesNotExist();
    }

    @Test
    void enablesAlerts_addingToWhereTheyGo_andShowsANewSecretOnce() {
        answers.put("/api/v1/alerts/settings", """
                {"enabled":true,"channels":["console"],"emails":["a@example.com"],"slack_channels":[],
                 "webhooks":[{"id":"w-1","url":"https://old.example.com/…","secret":"whsec_…"},
                  {"id":"w-2","url":"https://new.example.com/…","secret":"whsec_abc"}]}""");

        assertThat(run(
                        "cost",
                        "alerts",
                        "enable",
                        "--email",
                        "b@example.com",
                        "--webhook",
                        "https://new.example.com/x"))
                .isZero();

        assertThat(asked)
                .anyMatch(line -> line.startsWith("PATCH /api/v1/alerts/settings ")
                        && line.contains("\"enabled\":true")
                        && line.contains("\"emails\":[\"a@example.com\",\"b@example.com\"]")
                        && line.contains("{\"id\":\"w-1\"}")
                        && line.contains("{\"url\":\"https://new.example.com/x\"}")
                        && line.contains("\"channels\":[\"console\",\"email\",\"webhook\"]"));
        assertThat(out).contains("shown this once: whsec_abc").doesNotContain("old.example.com");
        assertThat(run("cost", "alerts", "enable", "--slack", "nonsense")).isEqualTo(2);
    }

    @Test
    void disablesAlerts() {
        answers.put("/api/v1/alerts/settings", "{\"enabled\":true,\"channels\":[\"console\"]}");

        assertThat(run("cost", "alerts", "disable")).isZero();

        assertThat(asked).anyMatch(line -> line.startsWith("PATCH /api/v1/alerts/settings {\"enabled\":false}"));
        assertThat(out).contains("Alerts are off");
    }

    @Test
    void listsAlerts() {
        answers.put("/api/v1/alerts", """
                {"items":[{"id":"a-1","raised_at":"2026-11-22T10:15:30.5Z","severity":"warning","kind":"budget-threshold",
                  "title":"Budget Team has reached 80%","acknowledged_at":null,
                  "message":"Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)\\nProjected to exceed budget in 6 days at current rate."}],
                 "next_cursor":"c"}""");
        later.put("/api/v1/alerts", """
                {"items":[{"id":"a-2","raised_at":"2026-11-21T10:15:30Z","severity":"info","kind":"waste","title":"Retries",
                  "message":"14 of 120 calls","link":"/api/v1/costs/efficiency","acknowledged_at":"2026-11-22T00:00:00Z"}],
                 "next_cursor":null}""");

        assertThat(run("cost", "alerts", "list", "--open", "--severity", "warning", "--limit", "5000"))
                .isZero();

        assertThat(asked.getFirst()).contains("acknowledged=false").contains("severity=warning");
        assertThat(out).contains("""
                        ⚠ Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)
                           Projected to exceed budget in 6 days at current rate.
                           Run 'centime cost forecast' for details.
                           2026-11-22T10:15Z  Budget Team has reached 80%

                        Retries
                           14 of 120 calls
                           More: /api/v1/costs/efficiency
                           2026-11-21T10:15Z  (seen to)
                        """);
        answers.put("/api/v1/alerts", "{\"items\":[],\"next_cursor\":\"more\"}");
        assertThat(run("cost", "alerts", "list", "--kind", "waste", "--limit", "0"))
                .isEqualTo(2);
        answers.put("/api/v1/alerts", "{\"items\":[]}");
        assertThat(run("cost", "alerts", "list", "--kind", "waste")).isZero();
        assertThat(asked.get(asked.size() - 2)).contains("kind=waste").contains("limit=50");
        assertThat(out).contains("No alert was raised.");
    }

    private int run(String... arguments) {
        var local = arguments[0].equals("cost") && arguments.length > 1;
        var all = new ArrayList<>(List.of(arguments));
        if (local) {
            all.addAll(List.of("--data-dir", data.toString()));
        }
        var before = System.out;
        var captured = new ByteArrayOutputStream();
        System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
        var errors = new ByteArrayOutputStream();
        var errBefore = System.err;
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        try {
            var line = Centime.commandLine().setErr(new PrintWriter(err, true));
            line.setOut(new PrintWriter(captured, true, StandardCharsets.UTF_8));
            return line.execute(all.toArray(String[]::new));
        } finally {
            System.setOut(before);
            System.setErr(errBefore);
            err.append(errors.toString(StandardCharsets.UTF_8));
            out = captured.toString(StandardCharsets.UTF_8);
        }
    }
}
