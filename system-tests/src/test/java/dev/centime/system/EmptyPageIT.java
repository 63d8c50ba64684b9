package dev.centime.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page says where nothing was recorded yet, and while a part of the system does not answer. */
@ExtendWith({DemoInstance.class, Chromium.class})
class EmptyPageIT {
    private static final String ORGANIZATION = "newcomers";

    @Test
    void whoHasNothingIsTaught_andAStoppedPartIsNamedUntilItAnswers(Instance centime, Browser browser)
            throws Exception {
        centime.organization(ORGANIZATION);
        var key = key(centime.api());
        var theirs = new Api(centime.api().address(), key);
        try (var read = ReadPage.of(centime, browser).signedIn(key)) {
            var lesson = read.page().locator(".first-record");
            assertThat(lesson).isVisible();
            read.photograph("empty");
            sendAsShown(theirs, lesson.locator("code").last().textContent());
            assertThat(lesson).isHidden();
            assertThat(read.panel("by-dimension")).containsText("gpt-4o-mini");

            var budget = centime.pid("budget");
            signal("STOP", budget);
            try {
                theirs.post("/api/v1/usage", "{\"model\":\"gpt-4o-mini\",\"input_tokens\":1000}")
                        .ok();
                assertThat(read.panel("budgets")).containsText("The budget service does not answer");
                assertThat(read.panel("by-dimension")).containsText("gpt-4o-mini");
                read.photograph("degraded");
            } finally {
                signal("CONT", budget);
            }
            // Told as the last known before, too: it is known again when nothing is said of the service.
            assertThat(read.panel("budgets")).not().containsText("does not answer");
            assertThat(read.panel("budgets")).containsText("No budget yet");
        }
    }

    private static String key(Api api) {
        return api.post(
                        "/api/v1/admin/api-keys",
                        "{\"organization_id\":\"%s\",\"role\":\"org_admin\",\"name\":\"the page\"}"
                                .formatted(ORGANIZATION))
                .ok()
                .path("key")
                .asText();
    }

    /** What the shown command does, where no curl is installed. */
    private static void sendAsShown(Api api, String command) {
        var shown = Pattern.compile("curl (\\S+)/api/v1/usage .*-d '(.+)'", Pattern.DOTALL)
                .matcher(command);
        assertThat(shown.find()).as(command).isTrue();
        assertThat(shown.group(1)).isEqualTo(api.address());
        assertThat(api.post("/api/v1/usage", shown.group(2))
                        .ok()
                        .path("accepted")
                        .asInt())
                .isEqualTo(1);
    }

    private static void signal(String name, long pid) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor())
                .isZero();
    }
}
