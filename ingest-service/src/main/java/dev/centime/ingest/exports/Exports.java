package dev.centime.ingest.exports;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.EventLog;
import dev.centime.ingest.view.GoneDays;
import dev.centime.ingest.view.calls.CallPages;
import dev.centime.ingest.view.calls.UsageCall;
import dev.centime.ingest.view.sessions.SessionPages;
import dev.centime.ingest.view.sessions.SessionQuestion;
import dev.centime.ingest.view.sessions.SessionTotals;
import dev.centime.kit.Tenants;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Makes the bytes of an export as they are asked for. */
@ApplicationScoped
public class Exports {
    /** Enough that a page costs more than the way to the database, few enough that they are little memory. */
    private static final int PAGE = 1000;

    private final CallPages calls;
    private final SessionPages sessions;
    private final EventLog log;
    private final Tenants tenants;
    private final ExportMetrics metrics;

    Exports(CallPages calls, SessionPages sessions, EventLog log, Tenants tenants, ExportMetrics metrics) {
        this.calls = calls;
        this.sessions = sessions;
        this.log = log;
        this.tenants = tenants;
        this.metrics = metrics;
    }

    /** Reads as it is asked for more, one page at a time; reads nothing more when it is cancelled. */
    public Multi<byte[]> stream(ExportOrder order) {
        return switch (order.layout()) {
            case CALLS -> order.focus() == null ? calls(order) : charges(order);
            case SESSIONS -> rendered(order, sessionsOf(order), SessionColumns.ALL);
            case COST_TRACKING -> tracked(order);
        };
    }

    /** Completes when all that an order is of is still kept; fails with a problem otherwise, before anything is written. */
    public Uni<Void> whole(ExportOrder order) {
        var organization = order.organization().id();
        return order.layout() == ExportLayout.SESSIONS
                ? sessions.whole(question(order))
                : log.partitionOf(organization)
                        .chain(partition -> tenants.with(
                                organization,
                                connection -> GoneDays.refuse(
                                        connection,
                                        partition,
                                        organization,
                                        order.period().from(),
                                        order.period().until())));
    }

    private Multi<byte[]> calls(ExportOrder order) {
        return rendered(order, callsOf(order), CallColumns.ALL);
    }

    private Multi<byte[]> charges(ExportOrder order) {
        var focus = java.util.Objects.requireNonNull(order.focus());
        return rendered(order, callsOf(order).each(FocusCharge::of), FocusColumns.of(focus, order.organization()));
    }

    private Pages<UsageCall> callsOf(ExportOrder order) {
        return after -> calls.next(order.organization().id(), order.period(), order.scope(), after, PAGE)
                .map(slice -> new Pages.Slice<>(slice.calls(), slice.end()));
    }

    private Pages<SessionTotals> sessionsOf(ExportOrder order) {
        var question = question(order);
        return after -> sessions.next(question, SessionPages.BY_NAME, after, PAGE)
                .map(slice -> new Pages.Slice<>(slice.sessions(), slice.end()));
    }

    private static SessionQuestion question(ExportOrder order) {
        return new SessionQuestion(
                order.organization().id(), order.period().from(), order.period().until(), order.scope(), null, null);
    }

    private <T> Multi<byte[]> rendered(ExportOrder order, Pages<T> pages, List<Column<T>> columns) {
        return ExportStream.of(pages, () -> rendering(order, columns), count -> metrics.rows(order, count));
    }

    private static <T> Rendering<T> rendering(ExportOrder order, List<Column<T>> columns) {
        return switch (order.format()) {
            case CSV -> new CsvRendering<>(columns);
            case JSON -> JsonRendering.array(columns, "", "");
            case NDJSON -> JsonRendering.lines(columns);
            case PARQUET -> new ParquetRendering<>(order.layout().text().replace('-', '_'), columns);
        };
    }

    /** The sum stands before the rows, so the calls that both are of are those known at the beginning. */
    private Multi<byte[]> tracked(ExportOrder order) {
        var organization = order.organization().id();
        return log.partitionOf(organization)
                .chain(partition ->
                        tenants.with(organization, connection -> SelectTrackedSessions.newest(connection, partition)
                                .map(upTo -> new Known(partition, upTo))))
                .onItem()
                .transformToMulti(known -> order.format() == ExportFormat.JSON
                        ? total(order, known).onItem().transformToMulti(total -> tracked(order, known, total))
                        : rendered(order, trackedOf(order, known), TrackedColumns.ALL));
    }

    /** @param upTo the offset that the view has read the log to */
    private record Known(int partition, long upTo) {}

    private Uni<Money> total(ExportOrder order, Known known) {
        return tenants.with(
                order.organization().id(),
                connection -> SelectTrackedSessions.total(connection, known.partition(), order, known.upTo()));
    }

    private Multi<byte[]> tracked(ExportOrder order, Known known, Money total) {
        var before = "{\"project\": " + TextNode.valueOf(project(order)) + ",\n\"export_date\": \"" + order.today()
                + "\",\n\"total_cost\": \"" + total + "\",\n\"sessions\": ";
        return ExportStream.of(
                trackedOf(order, known),
                () -> JsonRendering.array(TrackedColumns.ALL, before, "}"),
                count -> metrics.rows(order, count));
    }

    private Pages<TrackedSession> trackedOf(ExportOrder order, Known known) {
        return after -> tenants.with(
                        order.organization().id(),
                        connection -> SelectTrackedSessions.page(
                                connection,
                                known.partition(),
                                order,
                                known.upTo(),
                                after == null ? "" : after.getFirst(),
                                PAGE))
                .map(found -> new Pages.Slice<>(found.sessions(), found.end() == null ? null : List.of(found.end())));
    }

    /** The one that is asked for, else the organization. */
    private static String project(ExportOrder order) {
        var projects = order.scope().filters().getOrDefault("project", List.of());
        return projects.size() == 1 ? projects.getFirst() : order.organization().name();
    }
}
