package dev.centime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import dev.centime.budget.Tenants.Tenant;
import dev.centime.budget.event.AlertSettingsSet;
import dev.centime.contracts.BudgetDefinition.Channel;
import dev.centime.contracts.Contracts;
import dev.centime.contracts.Money;
import dev.centime.contracts.WeekReported;
import dev.centime.contracts.WeekReported.Day;
import dev.centime.contracts.WeekReported.Top;
import dev.centime.contracts.WeeklyReportDue;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.testing.ServiceDatabase;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import jakarta.mail.internet.MimeMultipart;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A week's report, from being wanted to the mail in a real server's box. */
@QuarkusTest
@QuarkusTestResource(ServiceDatabase.class)
@QuarkusTestResource(Outside.class)
class WeeklyReportIT {
    private static final String SETTINGS = "/api/v1/alerts/settings";
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 16);

    @Inject
    Tenants tenants;

    @Inject
    Subjects subjects;

    Outside outside;

    private Tenant tenant;
    private Door door;
    private String address;

    @BeforeEach
    void anOrganization() {
        tenant = tenants.in("Asia/Kathmandu");
        door = new Door(tenant);
        address = UUID.randomUUID() + "@example.com";
    }

    @Test
    void isWantedByNobody_untilSomebodySaysSo() {
        door.admin().get(SETTINGS).then().body("weekly_report", equalTo(false));
        patch("0", "{'emails': ['" + address + "'], 'weekly_report': true}")
                .then()
                .body("weekly_report", equalTo(true));
        patch("1", "{'cooldown_minutes': 5}").then().body("weekly_report", equalTo(true));
        patch("2", "{'weekly_report': null}").then().body("weekly_report", equalTo(false));
        patch("3", "{'weekly_report': 'often'}")
                .then()
                .statusCode(422)
                .body("errors[0].field", equalTo("weekly_report"));

        var sets = tenants.stored(tenant, AlertSettingsSet.class);
        // On the next Monday at seven in Kathmandu, which is a quarter past one.
        assertThat(sets.getFirst()).contains("T01:15:00Z");
        assertThat(sets.get(1)).doesNotContain("next_report");
        assertThat(sets.getLast()).doesNotContain("next_report", "weekly_report");
    }

    @Test
    void everyWeekThatPassed_isAskedForOnce() {
        var settings = new AlertSettings(
                true, List.of(Channel.CONSOLE), Severity.INFO, 60, List.of(), List.of(), List.of(), true);
        // A time at which reports are due: from another hour of that Monday the next would be about the same week.
        var due = tenant.day(Instant.now())
                .minusDays(15)
                .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY))
                .atTime(7, 0)
                .atZone(tenant.zone())
                .toInstant();

        patch("0", "{'weekly_report': true}");
        // What the door has set is due next week; the view reads that it was wanted earlier.
        tenant.uses(new AlertSettingsSet(2, settings, "key", Instant.now(), due));

        await().atMost(SOON).untilAsserted(() -> assertThat(
                        tenants.stored(tenant, WeeklyReportDue.class).stream().map(WeeklyReportIT::start))
                .hasSizeBetween(3, 4)
                .doesNotHaveDuplicates());
    }

    @Test
    void goesOnceToEachAddress_asTextAndAsHtml_withNamesOfNow() throws Exception {
        patch("0", "{'emails': ['" + address + "'], 'weekly_report': true, 'minimum_severity': 'critical'}");
        var ann = subjects.idsOf(tenant.id(), List.of("ann <b>"))
                .await()
                .atMost(SOON)
                .get("ann <b>");
        var week = week(ann);

        tenant.uses(week);
        tenant.uses(week);
        tenant.uses(week(null));

        await().atMost(SOON).until(() -> !outside.mailTo(address).isEmpty());
        var mail = outside.mailTo(address).getFirst();
        assertThat(mail.getSubject()).isEqualTo("Test: $12.50 in the week of 16 November 2026");
        var parts = (MimeMultipart) mail.getContent();
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        var text = parts.getBodyPart(0).getContent().toString().replace("\r\n", "\n");
        assertThat(text)
                .startsWith(
                        "Test spent $12.50 on 40 calls from 16 November 2026 to 22 November 2026, +25.0% against the"
                                + " week before ($10.00).\n")
                .contains("  Mon 16 Nov   $12.50\n")
                .contains("  ann <b>   $12.50   40 calls   new\n")
                .contains("More: https://centime.example.com/");
        var html = parts.getBodyPart(1).getContent().toString();
        assertThat(html).contains("ann &lt;b&gt;").doesNotContain("ann <b>");

        // What is queued next arrives after what would have come twice.
        tenant.uses(nothingIn(MONDAY.plusWeeks(1)));
        await().atMost(SOON).until(() -> outside.mailTo(address).stream()
                .anyMatch(each -> subject(each).contains("23 November")));
        assertThat(outside.mailTo(address)).hasSize(2);
        door.admin().get("/api/v1/alerts").then().body("items", empty());
        // A mail is there before it is noted that it is.
        await().atMost(SOON).untilAsserted(() -> door.admin()
                .get("/api/v1/webhooks/deliveries?state=delivered")
                .then()
                .body("items.channel", contains("email", "email")));
    }

    @Test
    void saysHowTheBudgetsStood_whenTheWeekEnded_theMostUsedFirst() throws Exception {
        patch("0", "{'emails': ['" + address + "'], 'weekly_report': true}");
        budget("Ann's day", "daily", "3", ", 'scope': {'user': 'ann'}");
        budget("All", "weekly", "10", "");
        budget("Month", "monthly", "100", "");
        budget("Each", "session", "1", "");
        budget("Off", "weekly", "1", ", 'is_active': false");
        budget("Past", "custom", "1", ", 'end_date': '2026-11-15', 'renews': false");
        for (int number = 0; number < 11; number++) {
            budget("B" + (10 + number), "monthly", String.valueOf(1000 + number), "");
        }
        // Midnight in Kathmandu is 18:15 of the day before.
        tenant.uses(
                tenant.call("ann", Instant.parse("2026-11-15T18:14:59Z"), "50"),
                tenant.call("bob", Instant.parse("2026-11-15T18:15:00Z"), "4.5"),
                tenant.call("ann", Instant.parse("2026-11-22T18:14:59Z"), "2.999"),
                tenant.call("bob", Instant.parse("2026-11-22T18:15:00Z"), "1000"));

        tenant.uses(week(null));

        assertThat(report("16 November"))
                .contains("Budgets at the end of the week, the most used (4 more)\n"
                        + "  Ann's day (ann)   daily   $2.99 of $3.00   99.9%\n"
                        + "  All   weekly   $7.49 of $10.00   74.9%\n"
                        + "  Month   monthly   $57.49 of $100.00   57.4%\n"
                        + "  B10   monthly   $57.49 of $1,000.00   5.7%\n")
                .contains("  B16   monthly")
                .doesNotContain("B17", "Each", "Off", "Past");

        tenant.hidesIndividuals();
        tenant.uses(nothingIn(MONDAY.plusWeeks(1)));

        assertThat(report("23 November"))
                .contains("  All   weekly   $1,000.00 of $10.00   10000%\n")
                .doesNotContain("Ann's day");
    }

    private void budget(String name, String type, String limit, String more) {
        door.create("{'name': '%s', 'budget_type': '%s', 'total_limit': '%s', 'start_date': '2026-01-01'%s}"
                .formatted(name.replace("'", "\\u0027"), type, limit, more)
                .replace('\'', '"'));
    }

    /** What the mail about the week that begins on a day says as text. */
    private String report(String monday) throws Exception {
        await().atMost(SOON).until(() -> outside.mailTo(address).stream()
                .anyMatch(each -> subject(each).contains("week of " + monday)));
        var mail = outside.mailTo(address).stream()
                .filter(each -> subject(each).contains("week of " + monday))
                .findFirst()
                .orElseThrow();
        var text = ((MimeMultipart) mail.getContent()).getBodyPart(0).getContent();
        return text.toString().replace("\r\n", "\n");
    }

    private static WeekReported nothingIn(LocalDate monday) {
        return new WeekReported(monday, monday.plusDays(6), Money.ZERO, 0, Money.ZERO, 0, 0, List.of(), List.of());
    }

    @Test
    void whoDoesNotWantIt_getsNone() {
        patch("0", "{'emails': ['" + address + "']}");
        tenant.uses(week(null));
        var other = tenants.in("UTC");
        var theirs = UUID.randomUUID() + "@example.com";
        patch(new Door(other), "0", "{'emails': ['" + theirs + "'], 'weekly_report': true}");
        other.uses(week(null));

        await().atMost(SOON).until(() -> outside.mailTo(theirs).size() == 1);
        door.admin().get("/api/v1/webhooks/deliveries").then().body("items", empty());
    }

    private static WeekReported week(@org.jspecify.annotations.Nullable String user) {
        return new WeekReported(
                MONDAY,
                MONDAY.plusDays(6),
                Money.of("12.5"),
                40,
                Money.of("10"),
                38,
                0,
                List.of(new Day(MONDAY, Money.of("12.5"))),
                List.of(new Top("user", user, Money.of("12.5"), 40, Money.ZERO)));
    }

    private static String start(String stored) {
        try {
            return Contracts.mapper().readTree(stored).get("start").asText();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String subject(jakarta.mail.internet.MimeMessage mail) {
        try {
            return mail.getSubject();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Response patch(String revision, String body) {
        return patch(door, revision, body);
    }

    private static Response patch(Door door, String revision, String body) {
        return door.admin()
                .header("If-Match", "\"" + revision + "\"")
                .body(body.replace('\'', '"'))
                .patch(SETTINGS);
    }
}
