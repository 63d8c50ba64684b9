package dev.centime.ingest.view.calls;

import dev.centime.contracts.Scope;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.GoneDays;
import dev.centime.ingest.view.calls.SelectCalls.Place;
import dev.centime.kit.PageEnd;
import dev.centime.kit.Period;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Calls by pages, in the order of time: which ones from the detail rows, what they were from the log. */
@ApplicationScoped
public class CallPages {
    private final EventLog log;
    private final Tenants tenants;
    private final ReadCalls calls;

    CallPages(EventLog log, Tenants tenants, ReadCalls calls) {
        this.log = log;
        this.tenants = tenants;
        this.calls = calls;
    }

    /**
     * A page.
     *
     * @param end where it ended, for the next; null on the last page
     */
    public record Slice(List<UsageCall> calls, @Nullable List<String> end) {}

    /** As {@link #next(String, Period, Scope, boolean, List, int)}, newest first. */
    public Uni<Slice> next(String organization, Period period, Scope scope, @Nullable List<String> after, int limit) {
        return next(organization, period, scope, true, after, limit);
    }

    /**
     * The calls after a place. Stable while calls come in: none twice, and none left out that was there when the first page was read; fails
     * with a problem when calls of the period have expired, also between two pages.
     *
     * @param scope users as subject ids
     * @param newestFirst else the oldest
     * @param after the end of the page before, null for the first
     * @param limit at most so many
     */
    public Uni<Slice> next(
            String organization,
            Period period,
            Scope scope,
            boolean newestFirst,
            @Nullable List<String> after,
            int limit) {
        var end = after == null ? null : place(new PageEnd(after));
        return log.partitionOf(organization)
                .chain(partition -> tenants.with(organization, connection -> SelectCalls.of(
                                connection, organization, partition, period, scope, newestFirst, end, limit + 1)
                        .call(() ->
                                GoneDays.refuse(connection, partition, organization, period.from(), period.until()))))
                .chain(places -> slice(organization, places, limit));
    }

    private Uni<Slice> slice(String organization, List<Place> places, int limit) {
        var page = places.subList(0, Math.min(limit, places.size()));
        var end = places.size() > limit ? keys(page.getLast()) : null;
        var ids = page.stream().map(Place::eventId).toList();
        return calls.of(organization, ids).map(found -> new Slice(found, end));
    }

    private static List<String> keys(Place place) {
        return List.of(place.at().toString(), String.valueOf(place.offset()));
    }

    /** For {@link dev.centime.kit.Query#cursor}. */
    static List<String> checked(PageEnd end) {
        return keys(place(end));
    }

    private static Place place(PageEnd end) {
        return new Place(end.instant(), end.number(), "");
    }
}
