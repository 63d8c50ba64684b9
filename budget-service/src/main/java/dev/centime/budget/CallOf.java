package dev.centime.budget;

import dev.centime.budget.limit.Call;
import dev.centime.eventstore.log.Subjects;
import dev.centime.kit.Caller;
import dev.centime.kit.Individuals;
import dev.centime.kit.Organizations;
import dev.centime.kit.Problem;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The call that somebody asks about, as it would be recorded: whose it is, and by which id. A user's key asks about its own. */
@ApplicationScoped
public class CallOf {
    private static final String USER = "user";

    private final Subjects subjects;
    private final ModelSpellings spellings;
    private final Organizations organizations;

    CallOf(Subjects subjects, ModelSpellings spellings, Organizations organizations) {
        this.subjects = subjects;
        this.spellings = spellings;
        this.organizations = organizations;
    }

    /**
     * @param user by name; null for nobody's
     * @param byHimself whether a person's own key asks, who is not to learn what others spend
     * @param individualsHidden whether an administrator asks who is not to learn what single persons spend
     */
    public record Asked(Call call, @Nullable String user, boolean byHimself, boolean individualsHidden) {}

    /**
     * A call to be held for. A person of whom nothing is known yet gets an id: it must be found when his call is recorded.
     *
     * @param named its dimensions, the person by name
     * @throws Problem 403 when a user asks for somebody else
     */
    public Uni<Asked> toReserve(Caller caller, Map<String, String> named) {
        return asked(caller, named, subjects::idsOf);
    }

    /** As {@link #toReserve}, of a call that is only asked about: someone unknown is nobody. */
    public Uni<Asked> toCheck(Caller caller, Map<String, String> named) {
        return asked(caller, named, subjects::knownIdsOf);
    }

    private Uni<Asked> asked(
            Caller caller,
            Map<String, String> named,
            BiFunction<String, Collection<String>, Uni<Map<String, String>>> idsOf) {
        var user = userOf(caller, named);
        return spellings
                .ofCall(caller.oneOrganization(), named)
                .chain(call -> user == null
                        ? Uni.createFrom()
                                .item(new Asked(Call.of(call), null, caller.ownOnly(), individualsHidden(caller)))
                        : idsOf.apply(caller.oneOrganization(), List.of(user))
                                .map(ids -> asked(caller, call, user, ids)));
    }

    private static @Nullable String userOf(Caller caller, Map<String, String> named) {
        var user = named.get(USER);
        if (!caller.ownOnly()) {
            return user;
        }
        if (user != null && !user.equals(caller.user())) {
            throw Problem.forbidden("a user's key asks about its own calls only");
        }
        return caller.user();
    }

    private boolean individualsHidden(Caller caller) {
        return caller.role() == Role.ORG_ADMIN && Individuals.hidden(caller, organizations.of(caller));
    }

    private Asked asked(Caller caller, Map<String, String> named, String user, Map<String, String> ids) {
        var dimensions = new TreeMap<>(named);
        dimensions.remove(USER);
        var id = ids.get(user);
        if (id != null) {
            dimensions.put(USER, id);
        }
        return new Asked(Call.of(dimensions), user, caller.ownOnly(), individualsHidden(caller));
    }
}
