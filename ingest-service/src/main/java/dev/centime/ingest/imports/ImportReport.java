package dev.centime.ingest.imports;

import dev.centime.contracts.Money;
import dev.centime.ingest.accept.file.Difference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of a file. Every row counts once, in one of the first five.
 *
 * @param accepted recorded by this import
 * @param duplicates recorded before, or told of before in the same file
 * @param corrected recorded before with fewer tokens, and corrected
 * @param rejected at fault; the first of them are listed
 * @param ignored telling of no call
 * @param unpriced of the accepted ones
 * @param totalCost US dollars of the accepted ones, as recorded
 * @param reportedCost US dollars that the file says those cost whose cost is calculated; null when it says nothing of any
 * @param calculatedCost US dollars that these do cost
 * @param rejections at most a hundred
 * @param unpricedModels at most a hundred
 * @param differences between what files state of themselves and what their rows add up to, at most a hundred
 */
@Schema(name = "ImportReport")
public record ImportReport(
        long accepted,
        long duplicates,
        long corrected,
        long rejected,
        long ignored,
        long unpriced,
        Money totalCost,
        @Nullable Money reportedCost,
        @Nullable Money calculatedCost,
        List<Rejection> rejections,
        List<UnpricedRecords> unpricedModels,
        List<Difference> differences) {
    private static final int LISTED = 100;

    public static final ImportReport NOTHING =
            new ImportReport(0, 0, 0, 0, 0, 0, Money.ZERO, null, null, List.of(), List.of(), List.of());

    public ImportReport {
        //noinspection ConstantValue: absent in JSON when empty
        rejections = rejections == null ? List.of() : List.copyOf(rejections);
        //noinspection ConstantValue: absent in JSON when empty
        unpricedModels = unpricedModels == null ? List.of() : List.copyOf(unpricedModels);
        //noinspection ConstantValue: absent in JSON when empty
        differences = differences == null ? List.of() : List.copyOf(differences);
    }

    ImportReport plus(ImportReport more) {
        return new ImportReport(
                accepted + more.accepted,
                duplicates + more.duplicates,
                corrected + more.corrected,
                rejected + more.rejected,
                ignored + more.ignored,
                unpriced + more.unpriced,
                totalCost.plus(more.totalCost),
                sum(reportedCost, more.reportedCost),
                sum(calculatedCost, more.calculatedCost),
                first(rejections, more.rejections),
                merged(unpricedModels, more.unpricedModels),
                first(differences, more.differences));
    }

    private static @Nullable Money sum(@Nullable Money one, @Nullable Money other) {
        return one == null ? other : other == null ? one : one.plus(other);
    }

    private static <T> List<T> first(List<T> some, List<T> more) {
        return some.size() >= LISTED || more.isEmpty()
                ? some
                : Stream.concat(some.stream(), more.stream()).limit(LISTED).toList();
    }

    private static List<UnpricedRecords> merged(List<UnpricedRecords> some, List<UnpricedRecords> more) {
        if (more.isEmpty()) {
            return some;
        }
        var byModel = new LinkedHashMap<String, Long>();
        Stream.concat(some.stream(), more.stream())
                .forEach(each -> byModel.merge(each.model(), each.records(), Long::sum));
        var merged = new ArrayList<UnpricedRecords>();
        byModel.forEach((model, records) -> merged.add(new UnpricedRecords(model, records)));
        return first(List.of(), merged);
    }
}
