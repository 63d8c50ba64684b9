package dev.centime.gateway;

import dev.centime.contracts.Organization;
import dev.centime.gateway.door.Admitted;
import dev.centime.kit.Role;
import org.jspecify.annotations.Nullable;

/**
 * Who the caller is, for himself.
 *
 * @param id of the key
 * @param name of the key
 * @param organization that this call is about; null when it is about all
 * @param csrfToken to send as X-CSRF-Token with writes by session; null when the caller came with his key
 */
public record Me(
        String id,
        String name,
        Role role,
        @Nullable String user,
        @Nullable ShownOrganization organization,
        @Nullable String csrfToken) {

    public static Me of(Admitted admitted, @Nullable Organization organization) {
        var caller = admitted.caller();
        return new Me(
                caller.id(),
                admitted.key().name(),
                caller.role(),
                caller.user(),
                organization == null ? null : ShownOrganization.of(organization),
                admitted.csrfToken());
    }
}
