package dev.centime.ingest.analytics;

import dev.centime.ingest.view.costs.breakdown.CostBreakdown;
import dev.centime.ingest.view.costs.question.AskedCosts;
import dev.centime.ingest.view.costs.question.CostAnswers;
import dev.centime.ingest.view.costs.question.CostAnswers.After;
import dev.centime.ingest.view.costs.question.CostAnswers.Group;
import dev.centime.ingest.view.costs.question.CostAnswers.Groups;
import dev.centime.ingest.view.costs.question.Dimension;
import dev.centime.ingest.view.costs.question.Metric;
import dev.centime.ingest.view.costs.question.Order;
import dev.centime.ingest.view.sessions.SessionCounts;
import dev.centime.ingest.view.sessions.SessionCounts.Count;
import dev.centime.kit.Query;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.RequestScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Who spent how much, a page of them, as the request at hand asks for. */
@RequestScoped
class Spenders {
    static final String SORTS = "total_cost, requests or total_tokens, with - for descending; -total_cost by default";

    private static final List<Metric> METRICS = List.of(Metric.TOTAL_COST, Metric.REQUESTS, Metric.TOTAL_TOKENS);
    private static final Query.Sort MOST_EXPENSIVE = new Query.Sort(Metric.TOTAL_COST.name(), true);

    private final Query query;

    Spenders(Query query) {
        this.query = query;
    }

    /** What the page asked for is of, and in which order. */
    record Asked(Dimension dimension, Order order, @Nullable After after, int limit) {}

    /**
     * A page.
     *
     * @param groups keys as the views hold them
     * @param sessions by key; null where they are not counted
     */
    record Page(Groups groups, @Nullable Map<String, Count> sessions) {}

    Asked asked(AskedCosts asked) {
        var sort = query.sort(METRICS.stream().map(Metric::name).toList(), MOST_EXPENSIVE);
        var metric = METRICS.stream()
                .filter(known -> known.name().equals(sort.name()))
                .findFirst()
                .orElse(Metric.TOTAL_COST);
        var dimension = Dimension.named(asked.caller().allOrganizations() ? "organization" : "user");
        return new Asked(
                dimension.orElseThrow(),
                metric.order().descending(sort.descending()),
                query.cursor(asked.caller(), After::of).orElse(null),
                query.limit());
    }

    /** Where individuals are not shown, all of them are one row without a name. */
    Uni<Page> page(SqlConnection connection, AskedCosts asked, Asked page) {
        var question = asked.question();
        if (asked.oneRow(page.dimension())) {
            return CostAnswers.total(connection, question)
                    .map(all -> new Page(new Groups(List.of(new Group(null, all)), all, false), null));
        }
        var partition = question.partition();
        return CostAnswers.byDimension(connection, question, page.dimension(), page.order(), page.after(), page.limit())
                .chain(groups -> partition == null
                        ? Uni.createFrom().item(new Page(groups, null))
                        : SessionCounts.byPerson(
                                        connection, partition, AnalyticsRequests.sessions(question), persons(groups))
                                .map(sessions -> new Page(groups, sessions.orElse(null))));
    }

    private static List<String> persons(Groups groups) {
        return groups.page().stream().map(Group::key).filter(Objects::nonNull).toList();
    }

    /** @param names of the keys, in the same order */
    static List<AdminAnalytics.Item> items(Page page, List<@Nullable String> names) {
        var whole = page.groups().total().amount("total_cost");
        var items = new ArrayList<AdminAnalytics.Item>();
        for (int i = 0; i < names.size(); i++) {
            var group = page.groups().page().get(i);
            items.add(new AdminAnalytics.Item(
                    CostBreakdown.Item.of(names.get(i), group.sums(), whole),
                    Totals.Averages.of(group.sums(), sessionsOf(group.key(), page.sessions()))));
        }
        return items;
    }

    private static @Nullable Count sessionsOf(@Nullable String key, @Nullable Map<String, Count> sessions) {
        return key == null || sessions == null ? null : sessions.getOrDefault(key, Count.NONE);
    }

    @Nullable
    String next(AskedCosts asked, Asked page, Page found) {
        if (!found.groups().more()) {
            return null;
        }
        var last = found.groups().page().getLast();
        var key = last.key();
        return query.nextCursor(
                asked.caller(),
                List.of(page.order().value().apply(last.sums()).toPlainString(), key == null ? "" : key));
    }
}
