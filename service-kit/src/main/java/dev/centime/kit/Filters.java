package dev.centime.kit;

import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The filters of a read of cost: which calls it is about, within what the caller may see. */
@ApplicationScoped
public class Filters {
    /** Dimensions that a query may name, beside {@code tag.KEY}. */
    public static final List<String> DIMENSIONS =
            List.of("provider", "model", "project", "experiment", "session", "user", "operation", "run");

    private static final String TAG = "tag.";

    /** No subject has it: stands for people of whom nothing was ever recorded. */
    private static final String NOBODY = "";

    private final Subjects subjects;
    private final Organizations organizations;

    Filters(Subjects subjects, Organizations organizations) {
        this.subjects = subjects;
        this.organizations = organizations;
    }

    /** Whether a parameter of a query is a filter. */
    public static boolean isFilter(String parameter) {
        return DIMENSIONS.contains(parameter) || parameter.startsWith(TAG);
    }

    /**
     * What a query asks for. Names of people become subject ids; someone unknown matches nothing. A user's key sees its own
     * calls, whether it says so or not.
     *
     * @throws Problem 403 when a user asks for somebody else, or an administrator for persons whom his organization does not show
     */
    public Uni<Scope> of(Query query, Caller caller) {
        var filters = new LinkedHashMap<String, List<String>>();
        DIMENSIONS.forEach(dimension -> {
            var values = query.all(dimension);
            if (!values.isEmpty()) {
                filters.put(dimension, values);
            }
        });
        query.startingWith(TAG).forEach((name, values) -> {
            if (name.equals(TAG)) {
                throw Problem.badRequest(TAG, "must name a tag, as tag.KEY");
            }
            filters.put(name, values);
        });
        return within(filters, caller);
    }

    /** As {@link #of(Query, Caller)}, of filters that came in a body. */
    public Uni<Scope> within(Map<String, List<String>> filters, Caller caller) {
        if (caller.role() == Role.ORG_ADMIN && Individuals.in(new Scope(filters))) {
            Individuals.check(caller, organizations.of(caller));
        }
        var wanted = new LinkedHashMap<>(filters);
        if (caller.ownOnly()) {
            var own = caller.user() == null ? List.<String>of() : List.of(caller.user());
            if (!own.containsAll(wanted.getOrDefault("user", own))) {
                throw Problem.forbidden("a user's key reads its own calls only");
            }
            wanted.put("user", own.isEmpty() ? List.of(NOBODY) : own);
        }
        var names = wanted.get("user");
        if (names == null) {
            return Uni.createFrom().item(() -> new Scope(wanted));
        }
        return subjects.knownIdsOf(caller.oneOrganization(), names).map(ids -> {
            wanted.put("user", ids.isEmpty() ? List.of(NOBODY) : List.copyOf(ids.values()));
            return new Scope(wanted);
        });
    }
}
