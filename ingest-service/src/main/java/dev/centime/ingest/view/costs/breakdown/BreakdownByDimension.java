package dev.centime.ingest.view.costs.breakdown;

import dev.centime.contracts.Money;
import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.breakdown.CostBreakdown.Days;
import dev.centime.ingest.view.costs.breakdown.CostBreakdown.Item;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostAnswers.After;
import dev.centime.ingest.view.costs.question.CostAnswers.Group;
import dev.centime.ingest.view.costs.question.CostAnswers.Groups;
import dev.centime.ingest.view.costs.question.Dimension;
import dev.centime.ingest.view.costs.question.UserNames;
import dev.centime.kit.Problem;
import dev.centime.kit.Query;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Spend by the values of a dimension, largest first. */
@ApplicationScoped
public class BreakdownByDimension {
    private static final List<String> METRICS =
            List.of("total_cost", "requests", "input_tokens", "output_tokens", "units");

    private final Tenants tenants;
    private final UserNames names;

    BreakdownByDimension(Tenants tenants, UserNames names) {
        this.tenants = tenants;
        this.names = names;
    }

    Uni<CostBreakdown> answer(AskedCosts asked, Dimension dimension, Query query) {
        checkTenancy(asked, dimension);
        var word = query.word("metric", METRICS);
        var metric = word == null ? METRICS.getFirst() : word;
        var after = query.cursor(asked.caller())
                .map(keys -> new After(new BigDecimal(keys.getFirst()), keys.getLast()))
                .orElse(null);
        var limit = query.limit();
        return groups(asked, dimension, metric, after, limit).chain(groups -> names.of(
                        asked, dimension, groups.page().stream().map(Group::key).toList())
                .map(keys -> new CostBreakdown(
                        dimension.name(),
                        Days.of(asked.period()),
                        items(groups, keys),
                        Money.of(groups.total().amount("total_cost")),
                        groups.total().count("requests"),
                        groups.total().count("unpriced_requests"),
                        groups.more() ? query.nextCursor(asked.caller(), last(groups, metric)) : null)));
    }

    private static void checkTenancy(AskedCosts asked, Dimension dimension) {
        var all = asked.caller().allOrganizations();
        if (dimension.name().equals("organization") && !all) {
            throw Problem.badRequest(
                    "dimension", "can be organization only over all organizations (X-Organization: *)");
        }
        if (dimension.individual() && all) {
            throw Problem.badRequest("dimension", "can be " + dimension.name() + " only within one organization");
        }
    }

    /** Where individuals are not shown, all that they did is one row without a name. */
    private Uni<Groups> groups(AskedCosts asked, Dimension dimension, String metric, @Nullable After after, int limit) {
        if (dimension.individual() && asked.individualsHidden()) {
            return tenants.with(asked.caller(), connection -> CostAnswers.total(connection, asked.question()))
                    .map(total -> new Groups(List.of(new Group(null, total)), total, false));
        }
        return tenants.with(
                asked.caller(),
                connection -> CostAnswers.byDimension(connection, asked.question(), dimension, metric, after, limit));
    }

    private static List<Item> items(Groups groups, List<@Nullable String> keys) {
        var whole = groups.total().amount("total_cost");
        return java.util.stream.IntStream.range(0, keys.size())
                .mapToObj(i -> Item.of(keys.get(i), groups.page().get(i).sums(), whole))
                .toList();
    }

    private static List<String> last(Groups groups, String metric) {
        var group = groups.page().getLast();
        var key = group.key();
        return List.of(value(group.sums(), metric).toPlainString(), key == null ? "" : key);
    }

    private static BigDecimal value(Measures sums, String metric) {
        return Measures.COUNTS.contains(metric) ? BigDecimal.valueOf(sums.count(metric)) : sums.amount(metric);
    }
}
