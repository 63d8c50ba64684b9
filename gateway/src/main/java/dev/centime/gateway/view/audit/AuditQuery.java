package dev.centime.gateway.view.audit;

import dev.centime.eventstore.log.Subjects;
import dev.centime.gateway.view.audit.SelectAudited.Wanted;
import dev.centime.kit.Caller;
import dev.centime.kit.Organizations;
import dev.centime.kit.Period;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What is asked of the audit. */
@ApplicationScoped
class AuditQuery {
    private static final Pattern ENTITY = Pattern.compile("[a-z]+(-[a-z]+)*/.{1,600}");
    private static final Pattern TYPE = Pattern.compile("[a-z]+(-[a-z]+)*");

    private final Organizations organizations;
    private final Subjects subjects;
    private final Clock clock;

    AuditQuery(Organizations organizations, Subjects subjects, Clock clock) {
        this.organizations = organizations;
        this.subjects = subjects;
        this.clock = clock;
    }

    /** @throws Problem 400 that names the parameter */
    Uni<Wanted> read(Caller caller, Query query, int limit) {
        var period = period(caller, query);
        var entity = query.text("entity")
                .map(text -> matching(ENTITY, "entity", text, "must be kind/id such as budget/b-17"))
                .orElse(null);
        var types = query.all("type").stream()
                .map(text -> matching(TYPE, "type", text, "must be the name of a kind of event such as budget-set"))
                .toList();
        var actor = query.text("actor").orElse(null);
        return stored(caller, entity)
                .map(known -> new Wanted(
                        known,
                        actor,
                        types,
                        period == null ? null : period.from(),
                        period == null ? null : period.until(),
                        limit));
    }

    /** All of time, unless a period is asked for. */
    private @Nullable Period period(Caller caller, Query query) {
        return Period.PARAMETERS.stream().noneMatch(name -> query.text(name).isPresent())
                ? null
                : Period.of(query, organizations.of(caller), clock.instant());
    }

    private Uni<@Nullable String> stored(Caller caller, @Nullable String entity) {
        var named = entity == null ? Optional.<PersonEntity>empty() : PersonEntity.of(entity);
        return named.isEmpty()
                ? Uni.createFrom().item(entity)
                : subjects.knownIdsOf(
                                caller.oneOrganization(), List.of(named.get().person()))
                        .map(ids -> named.get()
                                .as(ids.getOrDefault(
                                        named.get().person(), named.get().person())));
    }

    private static String matching(Pattern pattern, String name, String text, String otherwise) {
        if (!pattern.matcher(text).matches()) {
            throw Problem.badRequest(name, otherwise);
        }
        return text;
    }
}
