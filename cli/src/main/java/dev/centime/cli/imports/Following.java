package dev.centime.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.cli.Failure;
import dev.centime.cli.ask.Gateway;
import dev.centime.cli.ask.Query;
import dev.centime.cli.terminal.Bar;
import dev.centime.cli.terminal.Clean;
import dev.centime.cli.terminal.Terminal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** An import, watched until it has ended. It goes on while its service is away for a moment, and so does this. */
record Following(Gateway gateway, String id, String name) {
    private static final long POLL_MS = 250;
    private static final long PATIENCE_NANOS = Duration.ofMinutes(2).toNanos();

    /** The import, ended. */
    JsonNode toItsEnd() {
        try (var bar = new Bar(System.err, Terminal.stdout(), Clean.line(name), 1)) {
            var standing = standing();
            while (standing.path("ended_at").isNull()) {
                show(bar, standing);
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
                standing = standing();
            }
            return standing;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("No longer followed; import " + id + " goes on.");
        }
    }

    private JsonNode standing() throws InterruptedException {
        var since = System.nanoTime();
        while (true) {
            try {
                return gateway.get("/imports/" + id, new Query());
            } catch (Failure e) {
                if (e.exitCode() != Failure.UNREACHABLE || System.nanoTime() - since > PATIENCE_NANOS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MS);
            }
        }
    }

    /** While a large file is read nobody knows yet how much there is to record. */
    private static void show(Bar bar, JsonNode standing) {
        var records = standing.path("records").asLong();
        if (standing.path("state").asText().equals("receiving")) {
            bar.before("is read, %,d records so far".formatted(records));
        } else {
            bar.of(records);
            bar.at(standing.path("records_done").asLong());
        }
    }
}
