package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.CostAnswers.After;
import dev.centime.ingest.view.costs.question.CostAnswers.Group;
import dev.centime.ingest.view.costs.question.CostAnswers.Groups;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Figures by the values of a dimension or by time, a page of them, as the request at hand asks for. */
@RequestScoped
public class CostGroups {
    private static final String NAMES =
            "provider, model, project, experiment, session, user, operation, run, tag.KEY, hour,"
                    + " day, week, month, organization";

    private final CostRequests requests;
    private final Query query;
    private final Tenants tenants;
    private final UserNames names;
    private final CostSeries series;

    CostGroups(CostRequests requests, Query query, Tenants tenants, UserNames names, CostSeries series) {
        this.requests = requests;
        this.query = query;
        this.tenants = tenants;
        this.names = names;
        this.series = series;
    }

    /**
     * An answer, yet to be put into the words of its question.
     *
     * @param page keys as they are shown, people by their names
     * @param total of all pages
     */
    public record Answer(
            AskedCosts asked,
            String dimension,
            List<Group> page,
            Measures total,
            @Nullable String nextCursor) {}

    /**
     * By the dimension that the request names, for some figures.
     *
     * @param measures what is asked for, columns of {@link Measures#ALL}
     * @throws Problem 400 when there is no such dimension
     */
    public Uni<Answer> answer(List<String> measures, Order order) {
        var name = query.text("dimension").orElseThrow(() -> Problem.badRequest("dimension", "is required"));
        return answer(name, Dimension.named(name), NAMES, measures, order);
    }

    /**
     * By the dimension that the request names, farthest apart first. A comparison knows two dimensions more: where calls came from,
     * and single calls.
     *
     * @param otherwise the dimension of a request that names none
     */
    public Uni<Answer> answer(Comparison comparison, String otherwise) {
        var name = query.text("dimension").orElse(otherwise);
        var dimension =
                switch (name) {
                    case "source" -> Optional.of(Dimension.SOURCE);
                    case "call" -> Optional.of(Dimension.call(comparison));
                    default -> Dimension.named(name);
                };
        return answer(name, dimension, NAMES + ", source, call", Measures.ALL, comparison.farthestApart());
    }

    private Uni<Answer> answer(
            String name, Optional<Dimension> dimension, String all, List<String> measures, Order order) {
        var granularity = Granularity.named(name);
        if (granularity.isPresent()) {
            return requests.asked().chain(asked -> byTime(asked.asking(measures), granularity.get(), name));
        }
        var known = dimension.orElseThrow(() -> Problem.badRequest("dimension", "must be one of " + all));
        return requests.asked().chain(asked -> byDimension(asked.asking(measures), known, order));
    }

    private Uni<Answer> byTime(AskedCosts asked, Granularity granularity, String name) {
        var after = query.cursor(asked.caller(), PageEnd::text).orElse("");
        var limit = query.limit();
        return series.of(asked, granularity).map(found -> {
            var rest = found.byLabel().entrySet().stream()
                    .filter(entry -> entry.getKey().compareTo(after) > 0)
                    .map(entry -> new Group(entry.getKey(), entry.getValue()))
                    .toList();
            var page = rest.subList(0, Math.min(limit, rest.size()));
            var next = page.size() < rest.size()
                    ? query.nextCursor(
                            asked.caller(),
                            List.of(String.valueOf(page.getLast().key())))
                    : null;
            return new Answer(asked, name, page, found.total(), next);
        });
    }

    private Uni<Answer> byDimension(AskedCosts asked, Dimension dimension, Order order) {
        asked.checkFor(dimension, "dimension");
        var after = query.cursor(asked.caller(), After::of).orElse(null);
        var limit = query.limit();
        return groups(asked, dimension, order, after, limit).chain(groups -> names.of(
                        asked, dimension, groups.page().stream().map(Group::key).toList())
                .map(keys -> new Answer(
                        asked,
                        dimension.name(),
                        named(groups.page(), keys),
                        groups.total(),
                        groups.more() ? query.nextCursor(asked.caller(), last(groups, order)) : null)));
    }

    /** Where individuals are not shown, all that they did is one row without a name. */
    private Uni<Groups> groups(AskedCosts asked, Dimension dimension, Order order, @Nullable After after, int limit) {
        if (asked.oneRow(dimension)) {
            return total(asked).map(total -> new Groups(List.of(new Group(null, total)), total, false));
        }
        var groups = tenants.atOneMoment(
                asked.caller(),
                connection -> CostAnswers.byDimension(connection, asked.question(), dimension, order, after, limit));
        // Of some rows only, the total of the groups is not that of the question.
        return dimension.rows() == null
                ? groups
                : groups.chain(some -> total(asked).map(total -> new Groups(some.page(), total, some.more())));
    }

    private Uni<Measures> total(AskedCosts asked) {
        return tenants.atOneMoment(asked.caller(), connection -> CostAnswers.total(connection, asked.question()));
    }

    private static List<Group> named(List<Group> page, List<@Nullable String> keys) {
        var named = new ArrayList<Group>(page.size());
        for (int i = 0; i < page.size(); i++) {
            named.add(new Group(keys.get(i), page.get(i).sums()));
        }
        return named;
    }

    private static List<String> last(Groups groups, Order order) {
        var group = groups.page().getLast();
        var key = group.key();
        return List.of(order.value().apply(group.sums()).toPlainString(), key == null ? "" : key);
    }
}
