package dev.centime.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.contracts.Organization;
import dev.centime.contracts.OrganizationChanged;
import dev.centime.contracts.OrganizationCreated;
import dev.centime.gateway.event.ApiKeyCreated;
import dev.centime.gateway.event.ApiKeyRevoked;
import dev.centime.gateway.event.ApiKeyRotated;
import dev.centime.gateway.event.SessionClosed;
import dev.centime.gateway.event.SessionOpened;
import dev.centime.kit.Role;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AccessIndexTest {
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final AccessIndex index = new AccessIndex();

    private void given(Object... events) {
        for (var event : events) {
            index.apply(event, NOW);
        }
    }

    private static ApiKeyCreated key(Instant expiresAt) {
        return new ApiKeyCreated("k", "default", Role.USER, "subject", "name", "hash", expiresAt);
    }

    @Test
    void findsAKeyByItsHash_untilItExpires() {
        given(key(NOW.plusSeconds(10)));
        assertThat(index.byHash("hash", NOW)).isPresent();
        assertThat(index.byHash("hash", NOW.plusSeconds(10))).isEmpty();
        assertThat(index.byHash("other", NOW)).isEmpty();
    }

    @Test
    void knowsTheNewSecretOnly_afterARotation() {
        given(key(null), new SessionOpened("s", "k", NOW.plusSeconds(60)), new ApiKeyRotated("k", "new", "default"));
        assertThat(index.byHash("hash", NOW)).isEmpty();
        assertThat(index.byHash("new", NOW)).isPresent();
        assertThat(index.bySession("s", NOW)).isEmpty();
    }

    @Test
    void forgetsAKeyAndItsSessions_whenItIsRevoked() {
        given(key(null), new SessionOpened("s", "k", NOW.plusSeconds(60)));
        assertThat(index.bySession("s", NOW)).isPresent();
        given(new ApiKeyRevoked("k", "default"));
        assertThat(index.byHash("hash", NOW)).isEmpty();
        assertThat(index.bySession("s", NOW)).isEmpty();
        assertThat(index.keys()).isEmpty();
        given(new SessionOpened("late", "k", NOW.plusSeconds(60)), new ApiKeyRotated("k", "again", "default"));
        assertThat(index.bySession("late", NOW)).isEmpty();
        assertThat(index.byHash("again", NOW)).isEmpty();
    }

    @Test
    void endsASession_byTimeByKeyAndBySigningOut() {
        given(key(NOW.plusSeconds(30)), new SessionOpened("s", "k", NOW.plusSeconds(20)));
        assertThat(index.bySession("s", NOW.plusSeconds(19))).isPresent();
        assertThat(index.bySession("s", NOW.plusSeconds(20))).isEmpty();
        given(new SessionOpened("long", "k", NOW.plusSeconds(600)));
        assertThat(index.bySession("long", NOW.plusSeconds(31))).isEmpty();
        given(new SessionClosed("long"));
        assertThat(index.bySession("long", NOW)).isEmpty();
    }

    @Test
    void countsTheVersionsOfAnOrganization() {
        given(
                new OrganizationCreated(Organization.named("a", "A")),
                new OrganizationChanged(Organization.named("a", "B")));
        assertThat(index.organization("a")).hasValueSatisfying(tenant -> {
            assertThat(tenant.revision()).isEqualTo(2);
            assertThat(tenant.organization().name()).isEqualTo("B");
        });
    }
}
