package dev.centime.ingest.view.costs.question;

import dev.centime.ingest.view.GoneDays;
import dev.centime.ingest.view.costs.question.BucketTimes.Range;
import dev.centime.ingest.view.costs.question.Dimension.Place;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a question is answered from, as a subselect with a bucket, the key to group by and the measures: from the coarsest sums
 * that know its dimensions, and from detail rows where none do.
 */
final class CostRows {
    /** Detail rows are read one by one, so that what is asked of them is bounded. */
    static final int MAX_DETAIL_DAYS = 366;

    /** Where there are none of something, there is no group of it. */
    private static final String CALLS = "requests";

    private static final Duration DAY = Duration.ofDays(1);

    /** Each is a select of its own; scattered wider, the whole stretch is read in one. */
    private static final int MAX_DETAIL_RANGES = 64;

    private final CostQuestion question;
    private final @Nullable Dimension groupedBy;
    private final Map<String, Dimension> dimensions = new LinkedHashMap<>();
    private Set<Instant> wideDays = Set.of();
    private boolean sessionsSummed;
    private GoneDays gone = GoneDays.none();

    private CostRows(CostQuestion question, @Nullable Dimension groupedBy) {
        this.question = question;
        this.groupedBy = groupedBy;
        question.scope().filters().keySet().forEach(name -> dimensions.put(name, Dimension.known(name)));
        if (groupedBy != null && !groupedBy.everywhere()) {
            dimensions.put(groupedBy.name(), groupedBy);
        }
    }

    /** @param groupedBy whose values stand in the column {@code key}; null for no such column */
    static Uni<CostRows> of(SqlConnection connection, CostQuestion question, @Nullable Dimension groupedBy) {
        var rows = new CostRows(question, groupedBy);
        return rows.open()
                .map(dimension -> WideDays.of(connection, question, dimension)
                        .invoke(days -> rows.wideDays = days)
                        .replaceWith(rows))
                .orElseGet(() -> Uni.createFrom().item(rows))
                .call(() -> rows.needsCalls()
                        ? rows.gone(connection).invoke(gone -> rows.gone = gone)
                        : Uni.createFrom().voidItem())
                .call(() -> SessionParts.answer(question, groupedBy) && rows.gone.isEmpty()
                        ? SessionParts.agree(connection, question).invoke(agree -> rows.sessionsSummed = agree)
                        : Uni.createFrom().voidItem());
    }

    /** Whether a question is answered from sums that know days and no parts of them. */
    static boolean byDay(CostQuestion question, @Nullable Dimension groupedBy) {
        return new CostRows(question, groupedBy).open().isPresent();
    }

    /** The same, of which nothing between two moments is asked for: whole days between them need no calls. */
    CostRows passingOver(Instant from, Instant until) {
        wideDays = wideDays.stream()
                .filter(day -> day.isBefore(from) || day.plus(DAY).isAfter(until))
                .collect(Collectors.toSet());
        return this;
    }

    /** Whether there may be nearly as many groups as rows: those alone are worth being read twice, to rank them first. */
    boolean many() {
        return sessionsSummed || groupedBy != null && groupedBy.open() && !wideDays.isEmpty();
    }

    /** The same rows with as much as it takes to rank groups by some of their figures. */
    CostRows ranking(List<String> measures) {
        var needed =
                Stream.concat(measures.stream(), Stream.of(CALLS)).distinct().toList();
        var rows = new CostRows(question.asking(needed), groupedBy);
        rows.wideDays = wideDays;
        rows.sessionsSummed = sessionsSummed;
        rows.gone = gone;
        return rows;
    }

    /** Whether any of its rows may be single calls. */
    private boolean needsCalls() {
        return question.asOf() != null || place() == Place.DETAIL;
    }

    private Uni<GoneDays> gone(SqlConnection connection) {
        return GoneDays.of(
                connection,
                question.partition(),
                question.organization(),
                question.from(),
                question.until(),
                place() == Place.DETAIL
                        ? null
                        : BucketTimes.utc(Objects.requireNonNull(question.asOf()))
                                .toLocalDate());
    }

    /** The narrowest tables that know all its dimensions. */
    private Place place() {
        return dimensions.values().stream()
                .map(Dimension::place)
                .max(Comparator.naturalOrder())
                .orElse(Place.CELLS);
    }

    /**
     * The subselect.
     *
     * @param cuts instants within the question that no bucket may lie across
     * @throws Problem 400 when a question of detail spans too many days, or calls that it needs are no longer kept
     */
    String in(Statement statement, Collection<Instant> cuts) {
        var parts = new RowParts(statement, question, groupedBy);
        var times = new BucketTimes(question.from(), question.until(), cuts);
        var selects = sessionsSummed ? sessions(statement, cuts) : parts(statement, parts, times);
        return "(" + String.join(" UNION ALL ", selects) + ")";
    }

    private List<String> sessions(Statement statement, Collection<Instant> cuts) {
        // As many days as their calls may be read of, whichever of the two it is.
        checkDays(whole().days());
        return SessionParts.of(statement, question, cuts, new CostRows(question, null).in(statement, cuts));
    }

    /** What is found as the rest of everything is there also when nothing rests. */
    String having() {
        return sessionsSummed || open().filter(this::complemented).isPresent()
                ? " HAVING key <> '' OR sum(" + CALLS + ") <> 0"
                : "";
    }

    private List<String> parts(Statement statement, RowParts parts, BucketTimes times) {
        var open = open();
        if (open.isPresent()) {
            return ofOpen(open.get(), statement, parts, times.without(wideDays));
        }
        return place() == Place.DETAIL
                ? List.of(details(statement, parts, whole()))
                : ofSums(place(), statement, parts, times);
    }

    /**
     * The one open dimension that a question is about, if sums by day can answer: they know no quarter hours, so that a series is
     * cut from them only where it is about a tag, which no index of calls knows.
     */
    private Optional<Dimension> open() {
        return dimensions.size() != 1 || question.asOf() != null
                ? Optional.empty()
                : dimensions.values().stream()
                        .filter(Dimension::open)
                        .filter(dimension -> dimension.equals(groupedBy) || !dimension.indexed())
                        .filter(dimension -> !filter(dimension).contains(""))
                        .findFirst();
    }

    /** Whether calls without a value are asked for too: no sums are kept of them. */
    private boolean complemented(Dimension dimension) {
        return dimension.equals(groupedBy) && filter(dimension).isEmpty();
    }

    private List<String> filter(Dimension dimension) {
        return question.scope().filters().getOrDefault(dimension.name(), List.of());
    }

    private List<String> ofOpen(Dimension dimension, Statement statement, RowParts parts, BucketTimes times) {
        var rest = times.rest();
        if (rest.size() > MAX_DETAIL_RANGES) {
            return List.of(details(statement, parts, whole()));
        }
        checkDays(rest.stream().mapToLong(Range::days).sum());
        var all = new ArrayList<String>();
        Optional.ofNullable(times.days(statement)).ifPresent(when -> {
            all.add(parts.values("ingest.value_day", dimension.name(), when));
            if (complemented(dimension)) {
                all.addAll(parts.withoutValue(dimension.name(), when));
            }
        });
        rest.forEach(range -> {
            gone.refuse(range.from(), range.until());
            all.add(parts.detail(range, ""));
        });
        return all;
    }

    private List<String> ofSums(Place place, Statement statement, RowParts parts, BucketTimes times) {
        var all = new ArrayList<String>();
        var alone = dimensions.size() <= 1;
        Optional.ofNullable(times.days(statement)).ifPresent(when -> all.add(sums(alone, place, "_day", parts, when)));
        // Of people alone there are no quarter hours.
        Optional.ofNullable(times.quarters(statement))
                .ifPresent(when -> all.add(sums(alone && place == Place.CELLS, place, "_quarter", parts, when)));
        if (question.asOf() != null && !beginsADay(question.asOf())) {
            // Sums know the day on which something was learned; within that day the rows do.
            if (!gone.isEmpty()) {
                throw Problem.badRequest(
                        "as_of",
                        "must be 00:00 UTC of a day here: what was known within a day is told by calls, and some of this"
                                + " period that became known on that day are no longer kept");
            }
            all.add(parts.detail(
                    whole(),
                    " AND recorded_at >= " + statement.parameter(BucketTimes.utc(BucketTimes.day(question.asOf())))
                            + " AND recorded_at <= " + statement.parameter(BucketTimes.utc(question.asOf()))));
        }
        return all;
    }

    /** @param alone whether from the sums by one dimension */
    private String sums(boolean alone, Place place, String bucket, RowParts parts, String when) {
        return alone
                ? parts.values("ingest.value" + bucket, String.join("", dimensions.keySet()), when)
                : parts.cells((place == Place.USER_CELLS ? "ingest.user_cell" : "ingest.cell") + bucket, when);
    }

    /** What was known then is what was known on the days before, and the calls of that day are not asked for. */
    private static boolean beginsADay(Instant asOf) {
        return asOf.equals(BucketTimes.day(asOf));
    }

    private String details(Statement statement, RowParts parts, Range range) {
        checkDays(range.days());
        gone.refuse(range.from(), range.until());
        return parts.detail(
                range,
                question.asOf() == null
                        ? ""
                        : " AND recorded_at " + (beginsADay(question.asOf()) ? "< " : "<= ")
                                + statement.parameter(BucketTimes.utc(question.asOf())));
    }

    private Range whole() {
        return new Range(question.from(), question.until());
    }

    private static void checkDays(long days) {
        // One more than a leap year, since the days of a year may be one hour longer than its days of UTC.
        if (days > MAX_DETAIL_DAYS + 1) {
            throw Problem.badRequest(
                    "start_date",
                    "must be at most " + MAX_DETAIL_DAYS
                            + " days before end_date for session, run, tags and single calls, with the period before where that is"
                            + " compared");
        }
    }
}
