package dev.centime.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the page says where nothing was recorded yet, and while a part of the system does not answer. */
@ExtendWith(Chromium.class)
class OwnInstancePageIT {
    private static final double PATIENCE_MS = 30_000;

    @Test
    void anEmptyInstanceTeaches_andAStoppedPartIsNamedUntilItAnswers(Browser browser) throws Exception {
        try (var centime = Instance.fresh()) {
            centime.up().succeeded();
            try (var read = ReadPage.of(centime, browser).signedIn()) {
                var lesson = read.page().locator(".first-record");
                assertThat(lesson).isVisible();
                read.photograph("empty");

                sendAsShown(centime, lesson.locator("code").last().textContent());
                assertThat(lesson).isHidden(new LocatorAssertions.IsHiddenOptions().setTimeout(PATIENCE_MS));
                assertThat(read.panel("by-dimension")).containsText("gpt-4o-mini");

                var budget = centime.pid("budget");
                signal("STOP", budget);
                try {
                    centime.api()
                            .post("/api/v1/usage", "{\"model\":\"gpt-4o-mini\",\"input_tokens\":1000}")
                            .ok();
                    assertThat(read.panel("budgets")).containsText("The budget service does not answer", patiently());
                    assertThat(read.panel("by-dimension")).containsText("gpt-4o-mini");
                    read.photograph("degraded");
                } finally {
                    signal("CONT", budget);
                }
                centime.api()
                        .post("/api/v1/usage", "{\"model\":\"gpt-4o-mini\",\"input_tokens\":1000}")
                        .ok();
                assertThat(read.panel("budgets")).containsText("No budget yet", patiently());
            }
        }
    }

    /** What the shown command does, where no curl is installed. */
    private static void sendAsShown(Instance centime, String command) {
        var shown = Pattern.compile("curl (\\S+)/api/v1/usage .*-d '(.+)'", Pattern.DOTALL)
                .matcher(command);
        assertThat(shown.find()).as(command).isTrue();
        assertThat(shown.group(1)).isEqualTo(centime.api().address());
        assertThat(centime.api()
                        .post("/api/v1/usage", shown.group(2))
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

    private static LocatorAssertions.ContainsTextOptions patiently() {
        return new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE_MS);
    }
}
