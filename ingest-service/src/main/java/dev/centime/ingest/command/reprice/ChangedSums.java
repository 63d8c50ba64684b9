package dev.centime.ingest.command.reprice;

import dev.centime.contracts.Organization;
import dev.centime.ingest.command.reprice.Repricing.Changed;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** What changed calls add up to, by model, day and organization. */
final class ChangedSums {
    private ChangedSums() {}

    record Key(String dimension, String key) {}

    /** @param before what had no cost counts as nothing */
    record Sum(long calls, BigDecimal before, BigDecimal after) {
        Sum plus(Sum more) {
            return new Sum(calls + more.calls, before.add(more.before), after.add(more.after));
        }
    }

    /** @param everywhere whether the run is about every organization */
    static Map<Key, Sum> of(Collection<Changed> changes, Organization organization, boolean everywhere) {
        var sums = new HashMap<Key, Sum>();
        for (var change : changes) {
            var model = change.model();
            var day = change.at().atZone(organization.timeZone()).toLocalDate();
            var sum = new Sum(
                    1,
                    change.before().totalOrZero().amount(),
                    change.after().totalOrZero().amount());
            sums.merge(new Key("model", model.provider() + "/" + model.name()), sum, Sum::plus);
            sums.merge(new Key("day", day.toString()), sum, Sum::plus);
            if (everywhere) {
                sums.merge(new Key("organization", organization.id()), sum, Sum::plus);
            }
        }
        return sums;
    }
}
