package dev.centime.ingest.accept.litellm;

import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.accept.LiteLlmCall;
import dev.centime.ingest.accept.ParserFuzz;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.List;

class LiteLlmFuzzTest extends ParserFuzz {
    @Override
    protected List<Submitted> parse(byte[] body) {
        return UsageBody.jsonOrLines(body, (json, index) -> LiteLlmCall.read(json, index, NOW));
    }

    @Override
    protected List<byte[]> good() {
        return List.of(
                Fixtures.bytes("litellm/standard_logging_payload.json"),
                Fixtures.bytes("litellm/anthropic_cached.json"));
    }
}
