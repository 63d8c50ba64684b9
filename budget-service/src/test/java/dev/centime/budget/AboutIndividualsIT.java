package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Contracts;
import dev.centime.database.TestPostgres;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rule that the events tell is the one by which the database selects. */
class AboutIndividualsIT {
    private static final String TOLD =
            "SELECT " + AboutIndividuals.SQL + " FROM (SELECT ?::text AS subject, ?::jsonb AS alert) AS raised";

    private static final List<@Nullable String> DETAILS = Arrays.asList(
            null,
            "{}",
            "{'session': null}",
            "{'session': 's-1'}",
            "{'session': 7}",
            "{'individual': null}",
            "{'individual': true}",
            "{'individual': false}",
            "{'individual': 'true'}",
            "{'individual': 1}",
            "{'individual': {}}",
            "{'session': null, 'individual': true}");

    @Test
    void oneRuleTellsWhichAlertsAreAboutIndividuals() throws SQLException, JsonProcessingException {
        var told = new ArrayList<Boolean>();
        try (var connection = TestPostgres.database("budget").connect();
                var query = connection.prepareStatement(TOLD)) {
            for (var alert : alerts()) {
                query.setString(1, alert.subject());
                query.setString(2, Contracts.mapper().writeValueAsString(alert));
                try (var rows = query.executeQuery()) {
                    rows.next();
                    assertThat(rows.getBoolean(1)).as(alert.toString()).isEqualTo(alert.aboutIndividuals());
                    told.add(alert.aboutIndividuals());
                }
            }
        }
        assertThat(told).contains(true, false);
    }

    private static List<AlertRaised> alerts() throws JsonProcessingException {
        var alerts = new ArrayList<AlertRaised>();
        for (var details : DETAILS) {
            alerts.add(alert(null, details));
            alerts.add(alert("p-1", details));
        }
        return alerts;
    }

    private static AlertRaised alert(@Nullable String subject, @Nullable String details)
            throws JsonProcessingException {
        var read = details == null ? null : Contracts.mapper().readValue(details.replace('\'', '"'), JsonNode.class);
        return new AlertRaised("a", "anomaly", "warning", "Title", "Text", "budget/b", subject, read, Instant.EPOCH);
    }
}
