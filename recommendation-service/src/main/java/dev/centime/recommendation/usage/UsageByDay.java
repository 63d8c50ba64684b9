package dev.centime.recommendation.usage;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Tokens;
import dev.centime.contracts.UsageCorrected;
import dev.centime.contracts.UsageRecorded;
import dev.centime.contracts.UsageRepriced;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Folds calls whose cost is known. Those that are unpriced, and those that a response cache answered, say nothing about what
 * another model would have cost.
 */
@ApplicationScoped
public class UsageByDay implements Projection {
    @Override
    public String name() {
        return "usage-by-day";
    }

    @Override
    public List<String> tables() {
        return List.of("usage");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(UsageRecorded.class, UsageRepriced.class, UsageCorrected.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        var sums = new LinkedHashMap<UsageKey, UsageSum>();
        for (var event : page) {
            switch (event.payload()) {
                case UsageRecorded usage -> add(sums, event.stored().organization(), usage);
                case UsageRepriced repriced -> add(sums, event.stored().organization(), repriced);
                case UsageCorrected corrected -> {
                    add(sums, event.stored().organization(), corrected, corrected.before(), -1);
                    add(sums, event.stored().organization(), corrected, corrected.after(), 1);
                }
                default ->
                    throw new IllegalArgumentException(
                            "not asked for: " + event.payload().getClass());
            }
        }
        return sums.isEmpty() ? Uni.createFrom().voidItem() : AddUsage.of(view, sums);
    }

    private static void add(Map<UsageKey, UsageSum> sums, String organization, UsageRecorded usage) {
        if (!known(usage.cost(), usage.tokens()) || usage.outcome().cacheHit()) {
            return;
        }
        long requests = usage.quantity().requests();
        var key = UsageKey.of(
                organization, usage.timestamp(), usage.model(), usage.attribution(), usage.tokens(), requests);
        var sum = UsageSum.of(usage.tokens(), requests, 1, usage.cost().totalOrZero(), UsageSum.feesOf(usage.cost()));
        sums.merge(key, sum, UsageSum::plus);
    }

    private static void add(Map<UsageKey, UsageSum> sums, String organization, UsageRepriced repriced) {
        long requests = repriced.quantity().requests();
        var key = UsageKey.of(
                organization,
                repriced.timestamp(),
                repriced.model(),
                repriced.attribution(),
                repriced.tokens(),
                requests);
        if (repriced.tokens().total() == 0) {
            return;
        }
        int sign = (known(repriced.after(), repriced.tokens()) ? 1 : 0)
                - (known(repriced.before(), repriced.tokens()) ? 1 : 0);
        var sum = UsageSum.of(
                repriced.tokens(),
                requests,
                sign,
                repriced.after().totalOrZero().minus(repriced.before().totalOrZero()),
                UsageSum.feesOf(repriced.after()).minus(UsageSum.feesOf(repriced.before())));
        sums.merge(key, sum, UsageSum::plus);
    }

    /** A larger call may belong to another step of context, so it is taken from one place and put in another. */
    private static void add(
            Map<UsageKey, UsageSum> sums,
            String organization,
            UsageCorrected corrected,
            UsageCorrected.Counted counted,
            int sign) {
        if (!known(counted.cost(), counted.tokens())) {
            return;
        }
        long requests = corrected.requests(counted);
        var key = UsageKey.of(
                organization,
                corrected.timestamp(),
                corrected.model(),
                corrected.attribution(),
                counted.tokens(),
                requests);
        var cost = counted.cost().totalOrZero();
        var fees = UsageSum.feesOf(counted.cost());
        var sum = UsageSum.of(
                counted.tokens(), requests, sign, sign < 0 ? cost.negate() : cost, sign < 0 ? fees.negate() : fees);
        sums.merge(key, sum, UsageSum::plus);
    }

    /** What was paid for no tokens, such as a line of an invoice, cannot be had for less at another model. */
    private static boolean known(Cost cost, Tokens tokens) {
        return cost.source() != Cost.Source.UNPRICED && tokens.total() > 0;
    }
}
