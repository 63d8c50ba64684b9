package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.budget.Configured;
import dev.centime.contracts.AlertRaised;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages as the examples of the requirements have them. */
class MessageTest {
    private final Links links = new Links(Configured.with(Map.of()));

    @Test
    void aWarningSaysSpendForecastAndDaysLeft() {
        var message = Message.of(
                reached(
                        "warning",
                        "warn",
                        "400",
                        "Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)\nProjected to exceed budget in 6 days at current rate."),
                links);
        assertThat(message.subject()).isEqualTo("Budget ABC is at 80% utilization");
        assertThat(message.urgent()).isFalse();
        assertThat(message.text())
                .startsWith("""
                        ⚠ Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)
                           Projected to exceed budget in 6 days at current rate.
                           Run 'centime cost forecast' for details.
                        """)
                .contains("$400.00 of $500.00 spent, $100.00 left, 10 days remaining.")
                .contains("Look at what costs most: https://centime.example.com/\n");
    }

    @Test
    void aCriticalOneLeadsToRecommendations() {
        var message = Message.of(reached("critical", "warn", "485", "Budget Alert: Monthly spend"), links);
        assertThat(message.subject()).isEqualTo("Budget ABC is at 97% utilization");
        assertThat(message.text()).contains("https://centime.example.com/#recommendations");
    }

    @Test
    void anExceededOneIsUrgent_saysByHowMuch_andHowToAskForMore() {
        var message = Message.of(reached("exceeded", "block", "512.5", "Budget Alert: Monthly spend"), links);
        assertThat(message.subject()).isEqualTo("Urgent: Budget ABC has been exceeded");
        assertThat(message.urgent()).isTrue();
        assertThat(message.text())
                .contains("$12.50 over the limit")
                .contains("are stopped")
                .contains("https://centime.example.com/api/v1/budgets/b-1/increase-requests");
    }

    @Test
    void anotherServicesAlertIsSaidInItsOwnWords_onOneLineEach() {
        var message = Message.of(
                new AlertRaised(
                        "a-1",
                        "anomaly",
                        "critical",
                        "Spend\r\nBcc: all@example.com",
                        "Three times the usual\nof a Sunday",
                        "anomaly/1",
                        null,
                        null,
                        Instant.EPOCH),
                links);
        assertThat(message.subject()).isEqualTo("Spend Bcc: all@example.com");
        assertThat(message.text()).contains("   Three times the usual\n   of a Sunday\n");
    }

    @Test
    void leadsWhereWhoeverRaisedItSays_asFarAsThatIsAPath() {
        assertThat(Message.of(linked("/api/v1/costs/efficiency?days=7"), links).text())
                .contains("\nMore: https://centime.example.com/api/v1/costs/efficiency?days=7\n");
        assertThat(links.of(linked("/x"))).containsEntry("more", "https://centime.example.com/x");
        for (var bad : List.of("@example.org/", ".example.org", "", "/a b", "/\r\nX: 1", "/<b>", "//\u2028")) {
            assertThat(links.more(linked(bad))).as(bad).isNull();
        }
        assertThat(Message.of(linked(null), links).text()).doesNotContain("More:");
    }

    @Test
    void ofWhatIsHugeTheBeginningIsSaid_andTheLinksStay() {
        var message = Message.of(
                new AlertRaised(
                        "a-1",
                        "anomaly",
                        "info",
                        "😀".repeat(10_000),
                        "y".repeat(1_000_000),
                        "anomaly/1",
                        null,
                        null,
                        Instant.EPOCH),
                links);
        assertThat(message.subject()).hasSize(201).endsWith("😀…");
        assertThat(message.text()).hasSizeLessThan(9_000).endsWith("All alerts: https://centime.example.com/#alerts\n");
    }

    @Test
    void onTheConsoleItIsOneLine() {
        var message = Message.of(
                reached(
                        "warning",
                        "warn",
                        "400",
                        "Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00)\nProjected to exceed budget in 6 days at current rate."),
                links);
        assertThat(message.inShort())
                .isEqualTo(
                        "⚠ Budget Alert: Monthly spend has reached 80% ($400.00 of $500.00) Projected to exceed budget in 6 days at current rate. Run 'centime cost forecast' for details.");
    }

    private static AlertRaised linked(String link) {
        return new AlertRaised("a-1", "waste", "info", "Waste", "Much", "waste/1", null, null, link, Instant.EPOCH);
    }

    private static AlertRaised reached(String level, String action, String spend, String said) {
        var details = JsonNodeFactory.instance.objectNode();
        details.put("budget_name", "ABC").put("alert_level", level).put("action", action);
        details.put("spend", spend).put("limit", "500").put("window_end", "2026-12-01T00:00:00Z");
        return new AlertRaised(
                "a-1",
                "budget-threshold",
                level.equals("warning") ? "warning" : "critical",
                "Budget ABC has reached 80%",
                said,
                "budget/b-1",
                null,
                details,
                Instant.parse("2026-11-21T00:00:00Z"));
    }
}
