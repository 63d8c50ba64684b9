package dev.centime.ingest.accept.langfuse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.ingest.accept.PayloadTree;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts together what a batch, and batches of the last day, tell of each generation of the batch. */
@ApplicationScoped
class Generations {
    private static final String TRACE = "trace ";
    private static final String GENERATION = "generation ";

    private final KeptFacts kept;

    Generations(KeptFacts kept) {
        this.kept = kept;
    }

    /**
     * @param events of the batch
     * @param ids of generations, in the order of the records
     * @param records of those that are told of well enough, or refused
     */
    record Told(List<SentEvent> events, List<String> ids, List<Submitted> records) {}

    Uni<Told> told(Caller caller, List<SentEvent> events, Instant now) {
        var organization = caller.oneOrganization();
        // Who records for himself alone adds to his own facts alone: others' calls would be told of by him otherwise.
        var space = caller.ownOnly() ? "of " + caller.id() + " " : "";
        var told = new LinkedHashMap<String, ObjectNode>();
        var generations = new LinkedHashSet<String>();
        for (var event : events) {
            switch (event.kind()) {
                case GENERATION -> {
                    generations.add(event.about());
                    add(told, space + GENERATION + event.about(), event.body());
                }
                case TRACE -> add(told, space + TRACE + event.about(), event.body());
                case OTHER -> {}
            }
        }
        var texts = new LinkedHashMap<String, String>();
        told.forEach((id, facts) -> texts.put(id, facts.toString()));
        return kept.tell(organization, texts).chain(known -> kept.find(organization, tracesBesides(known, space))
                .map(traces -> {
                    var all = new LinkedHashMap<>(known);
                    all.putAll(traces);
                    return records(events, generations, all, space, now);
                }));
    }

    private static void add(Map<String, ObjectNode> told, String id, ObjectNode body) {
        told.computeIfAbsent(id, any -> Facts.NODES.objectNode()).setAll(Facts.of(body));
    }

    private static Set<String> tracesBesides(Map<String, String> known, String space) {
        var traces = new HashSet<String>();
        known.values().stream()
                .map(Generations::tree)
                .filter(facts -> facts.path("traceId").isTextual())
                .map(facts -> space + TRACE + facts.path("traceId").asText())
                .filter(trace -> !known.containsKey(trace))
                .forEach(traces::add);
        return traces;
    }

    private static Told records(
            List<SentEvent> events, Set<String> generations, Map<String, String> known, String space, Instant now) {
        var ids = new ArrayList<String>();
        var records = new ArrayList<Submitted>();
        for (var id : generations) {
            var facts = tree(known.getOrDefault(space + GENERATION + id, "{}"));
            var trace = tree(
                    known.getOrDefault(space + TRACE + facts.path("traceId").asText(), "{}"));
            if (GenerationReader.isWhole(facts)) {
                ids.add(id);
                records.add(GenerationReader.read(id, facts, trace, records.size(), now));
            }
        }
        return new Told(events, ids, records);
    }

    private static JsonNode tree(String facts) {
        return JsonBody.read(facts.getBytes(StandardCharsets.UTF_8), json -> PayloadTree.read(json, Set.of()));
    }
}
