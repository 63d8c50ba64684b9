package dev.centime.ingest.accept.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.ingest.command.recordusage.RecordUsage;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** For who compares them with what comes by the callback. */
public final class ReadSpendLogs {
    private ReadSpendLogs() {}

    /** The record of a file that is one row in JSON. */
    public static RecordUsage one(String row) {
        var given = GivenFiles.read("logs.json", row.getBytes(StandardCharsets.UTF_8), FileFormat.LITELLM, Map.of());
        assertThat(given.rejected).isEmpty();
        return given.records.getFirst();
    }
}
