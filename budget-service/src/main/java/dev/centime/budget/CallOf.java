package dev.centime.budget;

import dev.centime.budget.limit.Call;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The call that somebody asks about: whose it is, and by which id. A user's key asks about its own. */
@ApplicationScoped
public class CallOf {
    private static final String USER = "user";

    private final Subjects subjects;

    CallOf(Subjects subjects) {
        this.subjects = subjects;
    }

    /**
     * @param user by name; null for nobody's
     */
    public record Asked(Call call, @Nullable String user) {}

    /**
     * @param named its dimensions, the person by name
     * @throws Problem 403 when a user asks for somebody else
     */
    public Uni<Asked> asked(Caller caller, Map<String, String> named) {
        var user = named.get(USER);
        if (caller.ownOnly()) {
            if (user != null && !user.equals(caller.user())) {
                throw Problem.forbidden("a user's key asks about its own calls only");
            }
            user = caller.user();
        }
        return user == null ? Uni.createFrom().item(new Asked(Call.of(named), null)) : of(caller, named, user);
    }

    /** A person of whom nothing is known yet gets an id: whatever is held for him must be found when his call is recorded. */
    private Uni<Asked> of(Caller caller, Map<String, String> named, String user) {
        return subjects.idsOf(caller.oneOrganization(), List.of(user)).map(ids -> {
            var dimensions = new TreeMap<>(named);
            dimensions.put(USER, ids.getOrDefault(user, user));
            return new Asked(Call.of(dimensions), user);
        });
    }
}
