package dev.centime.budget.command.setalertsettings;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.centime.budget.AlertSettings;
import dev.centime.budget.AlertSettings.Signing;
import dev.centime.budget.accept.AlertSettingsBody;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChangeTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void aNewWebhookGetsASecret_unlessItBringsOne() throws IOException {
        var made = change(AlertSettings.USUAL, "{'webhooks': [{'url': 'https://a.example.com/x'}]}");
        assertThat(made.made()).hasSize(1).allSatisfy((id, text) -> assertThat(text)
                .startsWith("whsec_"));
        assertThat(made.kept()).containsValue("https://a.example.com/x").hasSize(2);
        var own = "whsec_" + "A".repeat(32);
        var brought = change(
                AlertSettings.USUAL, "{'webhooks': [{'url': 'https://a.example.com/', 'secret': '" + own + "'}]}");
        assertThat(brought.made()).isEmpty();
        assertThat(brought.kept()).containsValue(own);
    }

    @Test
    void ofSecretsThatAreReplacedOnlyTheLastSignsOn_forADay() throws IOException {
        var first = change(AlertSettings.USUAL, "{'webhooks': [{'url': 'https://a.example.com/'}]}")
                .settings();
        var id = first.webhooks().getFirst().id();
        var second = change(first, "{'webhooks': [{'id': '" + id + "', 'rotate_secret': true}]}")
                .settings();
        var third = change(second, "{'webhooks': [{'id': '" + id + "', 'rotate_secret': true}]}")
                .settings();
        var signing = third.webhooks().getFirst().signing();
        assertThat(signing)
                .hasSize(2)
                .last()
                .isEqualTo(new Signing(
                        second.webhooks().getFirst().signing().getFirst().secretId(), NOW.plus(Duration.ofHours(24))));
        assertThat(signing.getLast().signsAt(NOW.plus(Duration.ofHours(23)))).isTrue();
        assertThat(signing.getLast().signsAt(NOW.plus(Duration.ofHours(24)))).isFalse();
        assertThat(third.webhooks().getFirst().addressId())
                .isEqualTo(first.webhooks().getFirst().addressId());
    }

    @Test
    void whatIsNotNamedStaysTheSame() throws IOException {
        var first = change(
                        AlertSettings.USUAL,
                        "{'slack_channels': [{'channel': '#a', 'url': 'https://s.example.com/1'}, {'channel': '#b', 'url': 'https://s.example.com/2'}]}")
                .settings();
        assertThat(change(first, "{'cooldown_minutes': 5}").kept()).isEmpty();
        var second = change(first, "{'slack_channels': [{'channel': '#b'}]}");
        assertThat(second.settings().slackChannels())
                .containsExactly(first.slackChannels().getLast());
        assertThat(second.kept()).isEmpty();
    }

    private Change change(AlertSettings standing, String patch) throws IOException {
        var body = AlertSettingsBody.read(new ObjectMapper().readTree(patch.replace('\'', '"')), standing);
        return Change.of(standing, body, null, () -> "id-" + ids.incrementAndGet(), () -> new byte[32], NOW);
    }
}
