package dev.centime.ingest.accept.langfuse;

import dev.centime.ingest.command.recordusage.UsageAnswer;
import dev.centime.ingest.command.recordusage.UsageAnswer.Rejected;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What became of each event, as Langfuse answers. */
@Schema(name = "LangfuseIngestionAnswer")
public record IngestionAnswer(List<Success> successes, List<Refusal> errors) {
    private static final int CREATED = 201;
    private static final int BAD = 400;

    /** @param id of the event */
    @Schema(name = "LangfuseIngestionSuccess")
    public record Success(String id, int status) {}

    /** @param id of the event; empty when it had none */
    @Schema(name = "LangfuseIngestionError")
    public record Refusal(String id, int status, String message, String error) {}

    /** @param generations the ids of the generations that were recorded or refused, in the order of the answer's records */
    static IngestionAnswer of(List<SentEvent> events, List<String> generations, UsageAnswer answer) {
        Map<String, String> refused = new HashMap<>();
        for (var rejected : answer.rejected()) {
            refused.put(generations.get(rejected.index()), reason(rejected));
        }
        var successes = new ArrayList<Success>();
        var errors = new ArrayList<Refusal>();
        for (var event : events) {
            var reason = event.fault() != null
                    ? event.fault()
                    : event.kind() == SentEvent.Kind.GENERATION ? refused.get(event.about()) : null;
            if (reason == null) {
                successes.add(new Success(event.id(), CREATED));
            } else {
                errors.add(new Refusal(event.id(), BAD, "Invalid request data", reason));
            }
        }
        return new IngestionAnswer(successes, errors);
    }

    private static String reason(Rejected rejected) {
        return rejected.errors().stream()
                .map(error -> "body." + error.field() + " " + error.reason())
                .collect(Collectors.joining(", "));
    }
}
