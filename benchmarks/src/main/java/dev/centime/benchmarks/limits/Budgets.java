package dev.centime.benchmarks.limits;

import dev.centime.benchmarks.RunningService;
import dev.centime.contracts.Organization;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.sql.SQLException;

/** budget-service with one organization. */
final class Budgets implements AutoCloseable {
    private static final String ORGANIZATION = "bench";

    private final RunningService service = new RunningService("budget");

    Budgets() throws IOException, SQLException, InterruptedException {
        service.create(Organization.named(ORGANIZATION, "Bench"), "/api/v1/budgets");
    }

    int port() {
        return service.port();
    }

    String authorization() {
        return RunningService.authorization(ORGANIZATION);
    }

    /** A budget that stops calls. @param scope as JSON */
    void setBudget(String name, String limit, String scope) throws IOException, InterruptedException {
        var body = "{\"name\": \"%s\", \"total_limit\": \"%s\", \"budget_type\": \"monthly\", \"scope\": %s,"
                        .formatted(name, limit, scope)
                + " \"thresholds\": [{\"percent\": 80}, {\"percent\": 100, \"action\": \"block\"}]}";
        var request = service.request("/api/v1/budgets", ORGANIZATION)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        service.send(request, 201);
    }

    /** How many reservations the log holds. */
    long reservations() throws SQLException {
        return service.server().number("SELECT count(*) FROM log.event WHERE type = 'spend-reserved'");
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
