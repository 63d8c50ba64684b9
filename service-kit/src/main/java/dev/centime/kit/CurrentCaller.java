package dev.centime.kit;

import jakarta.enterprise.context.RequestScoped;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** The caller of the request at hand. */
@RequestScoped
public class CurrentCaller {
    private final JsonWebToken token;

    CurrentCaller(JsonWebToken token) {
        this.token = token;
    }

    /** @throws Problem 401 when there is no verified token */
    public Caller get() {
        if (token.getRawToken() == null) {
            throw Problem.of(401, "unauthenticated", "Sign in first", "no valid token came with the request");
        }
        var role = Role.of(token.getGroups().iterator().next());
        return new Caller(token.getSubject(), role, token.getClaim("org"), token.getClaim("user"));
    }
}
