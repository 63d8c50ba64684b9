package dev.centime.ingest.view.calls;

import dev.centime.contracts.UsageRecorded;
import dev.centime.eventstore.log.EventLog;
import dev.centime.eventstore.log.EventTypes;
import dev.centime.eventstore.log.StoredEvent;
import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls as they are shown: from the log, with their cost as last corrected and their users' names. */
@ApplicationScoped
public class ReadCalls {
    private final EventLog log;
    private final EventTypes types;
    private final Subjects subjects;
    private final CurrentCosts costs;

    ReadCalls(EventLog log, EventTypes types, Subjects subjects, CurrentCosts costs) {
        this.log = log;
        this.types = types;
        this.subjects = subjects;
        this.costs = costs;
    }

    /** By the ids of their events, in the same order; those that the log does not hold are absent. */
    Uni<List<UsageCall>> of(String organization, List<String> eventIds) {
        if (eventIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return log.find(organization, eventIds)
                // A thousand events are too much JSON for a thread that others wait for.
                .emitOn(Infrastructure.getDefaultWorkerPool())
                .map(found -> recorded(eventIds, found))
                .chain(calls -> Uni.combine()
                        .all()
                        .unis(costs.of(organization, eventIds), names(organization, calls))
                        .with((current, names) -> calls.entrySet().stream()
                                .map(call -> UsageCall.of(
                                        current.counted(call.getKey(), call.getValue()),
                                        shown(call.getValue(), names),
                                        current.byEvent()
                                                .getOrDefault(
                                                        call.getKey(),
                                                        call.getValue().cost())))
                                .toList()));
    }

    private Map<String, UsageRecorded> recorded(List<String> eventIds, Map<String, StoredEvent> found) {
        var calls = new LinkedHashMap<String, UsageRecorded>();
        for (var id : eventIds) {
            var stored = found.get(id);
            if (stored != null) {
                calls.put(id, (UsageRecorded) types.decode(stored).orElseThrow());
            }
        }
        return calls;
    }

    private Uni<Map<String, String>> names(String organization, Map<String, UsageRecorded> calls) {
        var ids = calls.values().stream()
                .map(call -> call.attribution().subject())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return ids.isEmpty() ? Uni.createFrom().item(Map.of()) : subjects.namesOf(organization, ids);
    }

    /** Whoever was erased keeps his id. */
    private static @Nullable String shown(UsageRecorded call, Map<String, String> names) {
        var subject = call.attribution().subject();
        return subject == null ? null : names.getOrDefault(subject, subject);
    }
}
