package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.Appended;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.NewEvent;
import dev.centime.eventstore.log.Position;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Subjects;
import dev.centime.ingest.Prices;
import dev.centime.ingest.Source;
import dev.centime.ingest.command.recordusage.DraftUsage.Drafted;
import dev.centime.ingest.command.recordusage.UsageAnswer.RecordAnswer;
import dev.centime.ingest.command.recordusage.UsageAnswer.Rejected;
import dev.centime.ingest.command.recordusage.UsageAnswer.Result;
import dev.centime.kit.Caller;
import dev.centime.kit.Problem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Appends what a body tells of, once and for good, and answers record by record. */
@ApplicationScoped
public class RecordUsageHandler {
    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;
    private final Prices prices;
    private final FindEstimates estimates;
    private final UsageMetrics metrics;

    RecordUsageHandler(
            EventLog log,
            EventTypes types,
            Subjects subjects,
            Prices prices,
            FindEstimates estimates,
            UsageMetrics metrics) {
        this.log = log;
        this.types = types;
        this.subjects = subjects;
        this.prices = prices;
        this.estimates = estimates;
        this.metrics = metrics;
    }

    /** @param position null when nothing was in the body that could be recorded */
    public record Recorded(UsageAnswer answer, @Nullable Position position) {}

    /**
     * @param source the input format, part of a record's identity
     * @param idempotencyKey what ids are made of where records have none
     * @throws Problem 403 when a user's key records for somebody else
     */
    public Uni<Recorded> record(
            Caller caller, Source source, List<Submitted> records, @Nullable String idempotencyKey) {
        return record(caller, source, records, idempotencyKey, Map.of("actor", caller.id()));
    }

    /** @param metadata of the events: who, and on what occasion */
    public Uni<Recorded> record(
            Caller caller,
            Source source,
            List<Submitted> records,
            @Nullable String idempotencyKey,
            Map<String, String> metadata) {
        var organization = caller.oneOrganization();
        var own = records.stream().map(record -> ownedBy(caller, record)).toList();
        var now = Instant.now();
        return prices.ready()
                .chain(() -> Uni.combine()
                        .all()
                        .unis(subjectsOf(organization, own), estimates.namedBy(organization, own))
                        .with((ids, costs) -> new DraftUsage(
                                        organization, source, ids, costs, idempotencyKey, prices.book(), now)
                                .all(own)))
                .chain(drafted -> append(organization, source, drafted, metadata));
    }

    private static Submitted ownedBy(Caller caller, Submitted record) {
        if (!caller.ownOnly() || record.command() == null) {
            return record;
        }
        var user = record.command().user();
        if (caller.user() == null || user != null && !user.equals(caller.user())) {
            throw Problem.forbidden("a user's key records its own calls only")
                    .field("records[" + record.index() + "].user", "must be the user whose key this is");
        }
        return Submitted.of(record.index(), record.command().by(caller.user()), record.origin());
    }

    private Uni<Map<String, String>> subjectsOf(String organization, List<Submitted> records) {
        Set<String> names = records.stream()
                .map(Submitted::command)
                .filter(Objects::nonNull)
                .map(RecordUsage::user)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return names.isEmpty() ? Uni.createFrom().item(Map.of()) : subjects.idsOf(organization, names);
    }

    private Uni<Recorded> append(String organization, Source source, Drafted drafted, Map<String, String> metadata) {
        metrics.rejected(source, drafted.refused().size());
        if (drafted.drafts().isEmpty()) {
            return Uni.createFrom().item(new Recorded(answer(source, drafted, List.of(), Map.of()), null));
        }
        List<NewEvent> events = drafted.drafts().stream()
                .map(draft ->
                        types.encode(draft.eventId(), draft.usage().timestamp(), draft.usage(), metadata, Set.of()))
                .toList();
        return log.append(organization, events).chain(appended -> firsts(organization, drafted.drafts(), appended)
                .map(firsts ->
                        new Recorded(answer(source, drafted, appended.outcomes(), firsts), appended.position())));
    }

    /** What the log holds under the ids that were there before, by event id. */
    private Uni<Map<String, StoredEvent>> firsts(String organization, List<Draft> drafts, Appended appended) {
        var ids = new ArrayList<String>();
        for (int i = 0; i < drafts.size(); i++) {
            if (appended.outcomes().get(i).duplicate()) {
                ids.add(drafts.get(i).eventId());
            }
        }
        return ids.isEmpty() ? Uni.createFrom().item(Map.of()) : log.find(organization, ids);
    }

    private UsageAnswer answer(
            Source source, Drafted drafted, List<Appended.Outcome> outcomes, Map<String, StoredEvent> firsts) {
        var drafts = drafted.drafts();
        var answers = new RecordAnswer[drafts.size() + drafted.refused().size()];
        var duplicates = 0;
        for (int i = 0; i < drafts.size(); i++) {
            var draft = drafts.get(i);
            var duplicate = outcomes.get(i).duplicate();
            answers[draft.index()] = duplicate ? repeated(draft, firsts.get(draft.eventId())) : accepted(source, draft);
            duplicates += duplicate ? 1 : 0;
        }
        for (var refused : drafted.refused()) {
            answers[refused.index()] = RecordAnswer.rejected(refused.index(), refused.id());
        }
        metrics.duplicate(source, duplicates);
        return new UsageAnswer(
                drafts.size() - duplicates,
                duplicates,
                drafted.refused().stream()
                        .map(refused -> new Rejected(refused.index(), refused.errors()))
                        .sorted(java.util.Comparator.comparingInt(Rejected::index))
                        .toList(),
                Arrays.asList(answers));
    }

    private RecordAnswer accepted(Source source, Draft draft) {
        metrics.accepted(source, draft.usage());
        return RecordAnswer.of(
                draft.index(),
                draft.usage().recordId(),
                Result.ACCEPTED,
                draft.usage().cost(),
                false);
    }

    /** @param stored null when the part of the log that held it has been archived: then its content is not compared */
    private RecordAnswer repeated(Draft draft, @Nullable StoredEvent stored) {
        var first = stored == null
                ? draft.usage()
                : types.decode(stored).map(UsageRecorded.class::cast).orElse(draft.usage());
        return RecordAnswer.of(
                draft.index(), draft.usage().recordId(), Result.DUPLICATE, first.cost(), draft.differsFrom(first));
    }
}
