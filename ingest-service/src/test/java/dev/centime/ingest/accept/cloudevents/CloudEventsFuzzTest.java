package dev.centime.ingest.accept.cloudevents;

import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.accept.ParserFuzz;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.List;

class CloudEventsFuzzTest extends ParserFuzz {
    @Override
    protected List<Submitted> parse(byte[] body) {
        return UsageBody.json(body, (json, index) -> CloudEventReader.read(json, index, NOW));
    }

    @Override
    protected List<byte[]> good() {
        return List.of(
                Fixtures.bytes("cloudevents/openmeter_litellm.json"), Fixtures.bytes("cloudevents/own_batch.json"));
    }
}
