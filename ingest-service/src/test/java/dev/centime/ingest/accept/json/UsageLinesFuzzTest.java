package dev.centime.ingest.accept.json;

import dev.centime.ingest.accept.Fixtures;
import dev.centime.ingest.accept.ParserFuzz;
import dev.centime.ingest.accept.RecordParser;
import dev.centime.ingest.accept.UsageBody;
import dev.centime.ingest.command.recordusage.Submitted;
import java.util.List;

class UsageLinesFuzzTest extends ParserFuzz {
    @Override
    protected List<Submitted> parse(byte[] body) {
        return UsageBody.lines(body, (json, index) -> RecordParser.parse(json, index, NOW));
    }

    @Override
    protected List<byte[]> good() {
        return List.of(Fixtures.bytes("centime/records.ndjson"));
    }
}
