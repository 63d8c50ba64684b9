package dev.centime.ingest.command.recordusage;

import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.ingest.Prices;
import dev.centime.ingest.Source;
import dev.centime.ingest.command.recordusage.UsageAnswer.RecordAnswer;
import dev.centime.ingest.command.recordusage.UsageAnswer.Rejected;
import dev.centime.ingest.command.recordusage.UsageAnswer.Result;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What recording would answer, with nothing recorded. */
@ApplicationScoped
public class PreviewUsage {
    private final EventLog log;
    private final EventTypes types;
    private final Prices prices;

    PreviewUsage(EventLog log, EventTypes types, Prices prices) {
        this.log = log;
        this.types = types;
        this.prices = prices;
    }

    /** @param records with an index each, from 0, and an id */
    public Uni<UsageAnswer> of(String organization, Source source, List<Submitted> records) {
        return prices.ready().chain(() -> {
            var drafted = new DraftUsage(organization, source, Map.of(), Map.of(), null, prices.book(), Instant.now())
                    .all(records);
            var ids = drafted.drafts().stream().map(Draft::eventId).toList();
            return log.find(organization, ids).map(found -> answer(drafted, found));
        });
    }

    private UsageAnswer answer(DraftUsage.Drafted drafted, Map<String, StoredEvent> found) {
        var answers = new ArrayList<RecordAnswer>();
        Set<String> seen = new HashSet<>();
        for (var draft : drafted.drafts()) {
            answers.add(answer(draft, found.get(draft.eventId()), !seen.add(draft.eventId())));
        }
        drafted.refused().forEach(refused -> answers.add(RecordAnswer.rejected(refused.index(), refused.id())));
        answers.sort(Comparator.comparingInt(RecordAnswer::index));
        var accepted = answers.stream()
                .filter(answer -> answer.result() == Result.ACCEPTED)
                .count();
        return new UsageAnswer(
                (int) accepted,
                (int) (drafted.drafts().size() - accepted),
                drafted.refused().stream()
                        .map(refused -> new Rejected(refused.index(), refused.errors()))
                        .sorted(Comparator.comparingInt(Rejected::index))
                        .toList(),
                answers);
    }

    private RecordAnswer answer(Draft draft, @org.jspecify.annotations.Nullable StoredEvent stored, boolean again) {
        var id = draft.usage().recordId();
        if (stored != null) {
            var first = types.decode(stored).map(UsageRecorded.class::cast).orElse(draft.usage());
            return RecordAnswer.of(draft.index(), id, Result.DUPLICATE, first.cost(), draft.differsFrom(first));
        }
        var result = again ? Result.DUPLICATE : Result.ACCEPTED;
        return RecordAnswer.of(draft.index(), id, result, draft.usage().cost(), false);
    }
}
