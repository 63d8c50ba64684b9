package dev.centime.gateway.view.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.contracts.AlertRaised;
import dev.centime.contracts.Attribution;
import dev.centime.contracts.Money;
import dev.centime.gateway.door.ApiKey;
import dev.centime.kit.Role;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class WatcherTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void gathersUntilItIsTold() {
        var watcher = new Watcher(key(Role.ORG_ADMIN, null), "acme", () -> false);
        watcher.spend(of("s-1"), Money.of("0.1"), 1);
        watcher.spend(of(null), Money.of("0.2"), 2);
        assertThat(watcher.takeSpend(NOW)).contains(new SpendTick(Money.of("0.3"), 3, NOW));
        assertThat(watcher.takeSpend(NOW)).isEmpty();
    }

    @Test
    void tellsAPersonOnlyHisOwn() {
        var watcher = new Watcher(key(Role.USER, "s-1"), "acme", () -> false);
        watcher.spend(of("s-2"), Money.of("5"), 1);
        watcher.spend(of(null), Money.of("5"), 1);
        assertThat(watcher.takeSpend(NOW)).isEmpty();
        watcher.spend(of("s-1"), Money.of("0.5"), 1);
        assertThat(watcher.takeSpend(NOW)).contains(new SpendTick(Money.of("0.5"), 1, NOW));
    }

    @Test
    void tellsAnAdministratorOfNoPerson_whileTheOrganizationKeepsThem() {
        var hidden = new AtomicBoolean(true);
        var watcher = new Watcher(key(Role.ORG_ADMIN, null), "acme", hidden::get);
        watcher.alert(alert("s-1", null));
        watcher.alert(alert(null, "a-session"));
        assertThat(watcher.takeAlerts()).isEmpty();
        watcher.alert(alert(null, null));
        assertThat(watcher.takeAlerts()).containsExactly(alert(null, null));
        hidden.set(false);
        watcher.alert(alert("s-1", null));
        assertThat(watcher.takeAlerts()).containsExactly(alert("s-1", null));
    }

    @Test
    void seesItsOrganizationAlone_unlessItWatchesAll() {
        assertThat(new Watcher(key(Role.ORG_ADMIN, null), "acme", () -> false).watches("acme"))
                .isTrue();
        assertThat(new Watcher(key(Role.ORG_ADMIN, null), "acme", () -> false).watches("other"))
                .isFalse();
        assertThat(new Watcher(key(Role.PLATFORM_ADMIN, null), "*", () -> false).watches("other"))
                .isTrue();
    }

    private static AlertRaised alert(String subject, String session) {
        var details = JsonNodeFactory.instance.objectNode();
        if (session != null) {
            details.put("session", session);
        }
        return new AlertRaised("a", "budget-threshold", "warning", "Title", "Text", "budget/b", subject, details, NOW);
    }

    private static ApiKey key(Role role, String subject) {
        return new ApiKey("k", "acme", role, subject, "a key", "hash", null, NOW);
    }

    private static Attribution of(String subject) {
        return new Attribution(subject, null, null, null, null, null, Map.of());
    }
}
