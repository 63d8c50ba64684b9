package dev.centime.kit;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.enterprise.context.RequestScoped;

/** The caller of the request at hand. */
@RequestScoped
public class CurrentCaller {
    /** Where an authentication mechanism leaves the caller, as an attribute of the identity. */
    public static final String ATTRIBUTE = "centime.caller";

    private final SecurityIdentity identity;

    CurrentCaller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** @throws Problem 401 when nobody has signed in */
    public Caller get() {
        Caller caller = identity.getAttribute(ATTRIBUTE);
        if (caller == null) {
            throw Problem.unauthenticated();
        }
        return caller;
    }
}
