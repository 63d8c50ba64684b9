package dev.centime.ingest.accept.langfuse;

import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.RecordIds;
import dev.centime.ingest.Source;
import dev.centime.ingest.command.correctusage.CorrectUsage;
import dev.centime.ingest.command.correctusage.CorrectUsageHandler;
import dev.centime.ingest.command.recordusage.RecordUsage;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.ingest.command.recordusage.UsageAnswer;
import dev.centime.ingest.command.recordusage.UsageAnswer.Result;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Generations that were recorded when only a part of their usage was told count with all of it. */
@ApplicationScoped
class CorrectGenerations {
    /** A correction waits for views that lag, and a client for its answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final String SOURCE = Source.LANGFUSE.text();

    private final CorrectUsageHandler correcting;
    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;

    CorrectGenerations(CorrectUsageHandler correcting, EventLog log, EventTypes types, Subjects subjects) {
        this.correcting = correcting;
        this.log = log;
        this.types = types;
        this.subjects = subjects;
    }

    /**
     * @param records of a batch
     * @param answer what became of them
     * @return how many count with more now
     * @throws Problem (as a failure) 503 when the views are too far behind to correct anything
     */
    Uni<Integer> correct(Caller caller, List<Submitted> records, UsageAnswer answer) {
        var told = answer.records().stream()
                .filter(record -> record.result() == Result.DUPLICATE && Boolean.TRUE.equals(record.differs()))
                .map(record -> records.get(record.index()).command())
                .filter(Objects::nonNull)
                .map(CorrectGenerations::correction)
                .toList();
        if (told.isEmpty()) {
            return Uni.createFrom().item(0);
        }
        var organization = caller.oneOrganization();
        return own(caller, organization, told)
                .chain(own -> correcting.correct(organization, SOURCE, own, Map.of("actor", caller.id())))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .onFailure(TimeoutException.class)
                .transform(late -> Problem.unavailable("what was recorded before cannot be corrected yet", 5));
    }

    private static CorrectUsage correction(RecordUsage usage) {
        return new CorrectUsage(
                String.valueOf(usage.id()), usage.tokens(), usage.toolCalls(), usage.requests(), usage.reportedCost());
    }

    /** Those of a person's own calls when he records for himself alone: another's call may go by the same id. */
    private Uni<List<CorrectUsage>> own(Caller caller, String organization, List<CorrectUsage> told) {
        if (!caller.ownOnly()) {
            return Uni.createFrom().item(told);
        }
        var user = caller.user();
        var events = told.stream()
                .collect(Collectors.toMap(
                        CorrectUsage::recordId, row -> RecordIds.event(organization, SOURCE, row.recordId())));
        return Uni.combine()
                .all()
                .unis(
                        subjects.knownIdsOf(organization, user == null ? List.of() : List.of(user)),
                        log.find(organization, events.values()))
                .with((ids, found) -> told.stream()
                        .filter(row -> subject(found.get(events.get(row.recordId())))
                                .filter(subject -> subject.equals(ids.get(user)))
                                .isPresent())
                        .toList());
    }

    private Optional<String> subject(@Nullable StoredEvent event) {
        return Optional.ofNullable(event)
                .flatMap(types::decode)
                .map(UsageRecorded.class::cast)
                .flatMap(recorded -> Optional.ofNullable(recorded.attribution().subject()));
    }
}
