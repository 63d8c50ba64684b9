package dev.centime.ingest.imports;

import dev.centime.contracts.Cost;
import dev.centime.contracts.Money;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.Position;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.command.correctusage.CorrectUsage;
import dev.centime.ingest.command.correctusage.CorrectUsageHandler;
import dev.centime.ingest.command.recordusage.PreviewUsage;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.RecordUsageHandler;
import dev.centime.ingest.command.recordusage.RecordUsageHandler.Recorded;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.ingest.command.recordusage.UsageAnswer;
import dev.centime.ingest.command.recordusage.UsageAnswer.Result;
import dev.centime.ingest.imports.ImportChunks.Chunk;
import dev.centime.ingest.imports.ImportLeases.Taken;
import dev.centime.kit.Caller;
import dev.centime.kit.Role;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records the rows of a chunk and says what became of them; done again after a crash, it says the same. */
@ApplicationScoped
class RecordChunk {
    private final RecordUsageHandler recording;
    private final PreviewUsage preview;
    private final CorrectUsageHandler correcting;
    private final SessionAnswers answers;
    private final EventLog log;

    RecordChunk(
            RecordUsageHandler recording,
            PreviewUsage preview,
            CorrectUsageHandler correcting,
            SessionAnswers answers,
            EventLog log) {
        this.recording = recording;
        this.preview = preview;
        this.correcting = correcting;
        this.answers = answers;
        this.log = log;
    }

    /** @param position up to which views must fold to have the records; null when nothing was appended */
    record Done(ImportReport report, @Nullable Position position) {}

    /** @param again whether the chunk may have been recorded before, by somebody who could not tell any more */
    Uni<Done> record(Taken taken, Chunk chunk, boolean again) {
        var read = Spooled.rows(chunk.content(), Instant.now());
        var dryRun = taken.standing().dryRun();
        return answers.named(taken.key(), chunk.format(), read, !dryRun)
                .chain(rows -> dryRun ? preview(taken, chunk, rows) : record(taken, chunk, rows, again));
    }

    private Uni<Done> preview(Taken taken, Chunk chunk, List<SpooledRow> rows) {
        var organization = taken.key().organization();
        var source = chunk.format().source();
        return preview.of(organization, source, submitted(rows)).chain(answer -> correcting
                .preview(organization, source.text(), larger(chunk, answer, rows, Set.of()))
                .map(corrected -> new Done(report(rows, answer, Set.of(), corrected), null)));
    }

    private Uni<Done> record(Taken taken, Chunk chunk, List<SpooledRow> rows, boolean again) {
        var organization = taken.key().organization();
        var source = chunk.format().source();
        var occasion = occasion(taken, chunk);
        var caller = new Caller(taken.standing().createdBy(), Role.ORG_ADMIN, organization, null);
        return recording.record(caller, source, submitted(rows), null, occasion).chain(recorded -> own(
                        taken, chunk, recorded.answer(), again, occasion)
                .chain(own -> correcting
                        .correct(organization, source.text(), larger(chunk, recorded.answer(), rows, own), occasion)
                        .map(corrected ->
                                new Done(report(rows, recorded.answer(), own, corrected), position(recorded)))));
    }

    private static List<Submitted> submitted(List<SpooledRow> rows) {
        var records = new ArrayList<Submitted>(rows.size());
        for (int index = 0; index < rows.size(); index++) {
            records.add(rows.get(index).submitted(index));
        }
        return records;
    }

    private static @Nullable Position position(Recorded recorded) {
        return recorded.answer().accepted() == 0 ? null : recorded.position();
    }

    /** Stands on every event, so that a chunk that is recorded again knows its own. */
    private static Map<String, String> occasion(Taken taken, Chunk chunk) {
        return Map.of(
                "actor",
                taken.standing().createdBy(),
                "correlation",
                "import/" + taken.key().id() + "/" + chunk.number());
    }

    /** Which of the duplicates this chunk itself recorded, the time before; by index. */
    private Uni<Set<Integer>> own(
            Taken taken, Chunk chunk, UsageAnswer answer, boolean again, Map<String, String> occasion) {
        if (!again || answer.duplicates() == 0) {
            return Uni.createFrom().item(Set.of());
        }
        var organization = taken.key().organization();
        var byEvent = new LinkedHashMap<String, Integer>();
        for (var record : answer.records()) {
            if (record.result() == Result.DUPLICATE) {
                // The first of an id is the one that was recorded.
                byEvent.putIfAbsent(
                        RecordIds.event(organization, chunk.format().source().text(), String.valueOf(record.id())),
                        record.index());
            }
        }
        return log.find(organization, byEvent.keySet()).map(found -> {
            var own = new HashSet<Integer>();
            found.forEach((id, event) -> {
                if (Objects.equals(event.metadata().get("correlation"), occasion.get("correlation"))) {
                    own.add(byEvent.get(id));
                }
            });
            return own;
        });
    }

    /** Rows of calls that were recorded before, and differ. Whether they are larger is seen when they are corrected. */
    private static List<CorrectUsage> larger(Chunk chunk, UsageAnswer answer, List<SpooledRow> rows, Set<Integer> own) {
        return chunk.format().grows()
                ? answer.records().stream()
                        .filter(record -> record.result() == Result.DUPLICATE
                                && Boolean.TRUE.equals(record.differs())
                                && !own.contains(record.index()))
                        .map(record -> rows.get(record.index()).usage())
                        .map(RecordChunk::correction)
                        .toList()
                : List.of();
    }

    private static CorrectUsage correction(RecordUsage usage) {
        return new CorrectUsage(
                String.valueOf(usage.id()), usage.tokens(), usage.toolCalls(), usage.requests(), usage.reportedCost());
    }

    private static ImportReport report(List<SpooledRow> rows, UsageAnswer answer, Set<Integer> own, int corrected) {
        var accepted = 0L;
        var unpriced = new LinkedHashMap<String, Long>();
        var total = Money.ZERO;
        Money reported = null;
        Money calculated = null;
        for (var record : answer.records()) {
            if (record.result() != Result.ACCEPTED && !own.contains(record.index())) {
                continue;
            }
            accepted++;
            var usage = rows.get(record.index()).usage();
            if (record.totalCost() == null) {
                unpriced.merge(usage.model(), 1L, Long::sum);
            } else {
                total = total.plus(record.totalCost());
                if (usage.reportedCost() != null && record.costSource() == Cost.Source.CALCULATED) {
                    reported = usage.reportedCost().plus(reported == null ? Money.ZERO : reported);
                    calculated = record.totalCost().plus(calculated == null ? Money.ZERO : calculated);
                }
            }
        }
        var rejections = answer.rejected().stream()
                .map(refused -> rejection(rows.get(refused.index()), refused))
                .toList();
        return new ImportReport(
                accepted,
                answer.records().size() - accepted - rejections.size() - corrected,
                corrected,
                rejections.size(),
                0,
                unpriced.values().stream().mapToLong(Long::longValue).sum(),
                total,
                reported,
                calculated,
                rejections.stream().limit(100).toList(),
                unpriced.entrySet().stream()
                        .map(each -> new UnpricedRecords(each.getKey(), each.getValue()))
                        .toList(),
                List.of());
    }

    private static Rejection rejection(SpooledRow row, UsageAnswer.Rejected refused) {
        var error = refused.errors().getFirst();
        return row.rejection(error.field(), error.reason());
    }
}
