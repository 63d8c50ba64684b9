package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.Measures;
import dev.centime.ingest.view.costs.question.Granularity.Slice;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Figures by time, ascending, with nothing left out. */
@ApplicationScoped
public class CostSeries {
    private final Tenants tenants;

    CostSeries(Tenants tenants) {
        this.tenants = tenants;
    }

    /**
     * @param byLabel the figures of each stretch of time
     * @param total of all
     */
    public record Series(SequencedMap<String, Measures> byLabel, Measures total) {}

    public Uni<Series> of(AskedCosts asked, Granularity granularity) {
        return tenants.atOneMoment(asked.caller(), connection -> of(connection, asked, granularity));
    }

    /** As {@link #of(AskedCosts, Granularity)}, in a transaction of the caller's. */
    public static Uni<Series> of(SqlConnection connection, AskedCosts asked, Granularity granularity) {
        var slices = granularity.of(asked.period(), asked.organization());
        var starts = slices.stream().map(Slice::start).toList();
        return CostAnswers.byTime(connection, asked.question(), starts).map(sums -> series(slices, sums));
    }

    /** The hour that comes twice when clocks go back is one. */
    private static Series series(List<Slice> slices, List<Measures> sums) {
        var byLabel = new LinkedHashMap<String, Measures>();
        var total = Measures.zero();
        for (int i = 0; i < slices.size(); i++) {
            byLabel.computeIfAbsent(slices.get(i).label(), _ -> Measures.zero()).add(sums.get(i));
            total.add(sums.get(i));
        }
        return new Series(byLabel, total);
    }
}
