package dev.centime.gateway.door;

import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import jakarta.enterprise.context.ApplicationScoped;

/** The keys that an administrator may touch: a platform admin all, another those of his organization below a platform admin's. */
@ApplicationScoped
public class KeyInReach {
    private final Access access;

    KeyInReach(Access access) {
        this.access = access;
    }

    /** @throws Problem 404 when there is none, also when it is another organization's */
    public ApiKey of(Caller caller, String id) {
        return access.byId(id).filter(key -> isInReach(caller, key)).orElseThrow(() -> Problem.notFound("key " + id));
    }

    /** Whether an administrator sees a key. */
    public boolean isInReach(Caller caller, ApiKey key) {
        return caller.role() == Role.PLATFORM_ADMIN
                || key.organization().equals(caller.organization()) && key.role() != Role.PLATFORM_ADMIN;
    }
}
