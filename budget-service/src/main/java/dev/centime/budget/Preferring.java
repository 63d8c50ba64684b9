package dev.centime.budget;

import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import java.util.Optional;

/** About whose settings a call is. */
public final class Preferring {
    private Preferring() {}

    /**
     * @param named in the query
     * @return a person's name; empty for the organization
     * @throws Problem 403 when a user names somebody else, 400 when the key is nobody's own
     */
    public static Optional<String> whose(Caller caller, Optional<String> named) {
        if (!caller.ownOnly()) {
            return named;
        }
        var user = caller.user();
        if (user == null) {
            throw Problem.badRequest("user", "is required: this key is nobody's own");
        }
        if (named.isPresent() && !named.get().equals(user)) {
            throw Problem.forbidden("a user's key has its own preferences only");
        }
        return Optional.of(user);
    }
}
