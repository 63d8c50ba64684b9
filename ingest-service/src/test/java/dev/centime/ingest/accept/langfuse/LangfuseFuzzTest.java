package dev.centime.ingest.accept.langfuse;

import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.accept.ParserFuzz;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.ArrayList;
import java.util.List;

class LangfuseFuzzTest extends ParserFuzz {
    @Override
    protected List<Submitted> parse(byte[] body) {
        var submitted = new ArrayList<Submitted>();
        for (var event : Batch.read(body)) {
            var facts = Facts.of(event.body());
            if (event.kind() == SentEvent.Kind.GENERATION && GenerationReader.isWhole(facts)) {
                submitted.add(GenerationReader.read(event.about(), facts, facts, submitted.size(), NOW));
            }
        }
        return submitted;
    }

    @Override
    protected List<byte[]> good() {
        return List.of(Fixtures.bytes("langfuse/batch.json"));
    }
}
