package dev.centime.ingest.view.costs.cells;

import dev.centime.ingest.view.Contribution;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The key of a sum over one value of one dimension, whatever the others are.
 *
 * @param dimension as the REST contract has it; the empty text stands for no dimension, and so for everything
 * @param value the empty text for none
 */
record ValueCell(String organization, String dimension, Instant bucket, String value, LocalDate knownOn) {

    /** What cells without the person know. */
    static final Map<String, Function<Cell, String>> OF_CELLS = Map.of(
            "", _ -> "",
            "provider", Cell::provider,
            "model", Cell::model,
            "project", Cell::project,
            "experiment", Cell::experiment,
            "operation", Cell::operation);

    /** What only cells with the person know; by day alone, since in a quarter hour people are as many as cells. */
    static final Map<String, Function<Cell, String>> OF_USER_CELLS = Map.of("user", Cell::subject);

    static ValueCell of(Cell cell, String dimension, Function<Cell, String> value) {
        return new ValueCell(cell.organization(), dimension, cell.bucket(), value.apply(cell), cell.knownOn());
    }

    /** By day, of the dimensions whose values nobody can count beforehand: the run and each tag that a call has. */
    static List<ValueCell> open(Contribution contribution) {
        var attribution = contribution.attribution();
        var cells = new ArrayList<ValueCell>();
        if (attribution.run() != null) {
            cells.add(open(contribution, "run", attribution.run()));
        }
        attribution.tags().forEach((key, value) -> {
            // A tag without a text is none.
            if (!value.isEmpty()) {
                cells.add(open(contribution, "tag." + key, value));
            }
        });
        return cells;
    }

    private static ValueCell open(Contribution contribution, String dimension, String value) {
        return new ValueCell(
                contribution.stored().organization(),
                dimension,
                contribution.at().truncatedTo(ChronoUnit.DAYS),
                value,
                Cell.knownOn(contribution));
    }

    /** The cell of the whole day that this one is in. */
    ValueCell day() {
        return new ValueCell(organization, dimension, bucket.truncatedTo(ChronoUnit.DAYS), value, knownOn);
    }
}
