package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The records of a body: one object, an array of them, or a line each. */
public final class UsageBody {
    /** The most records of one body. */
    static final int MAX_RECORDS = 10_000;

    private static final JsonFactory JSON = JsonFactory.builder()
            // A long number is its record's fault alone; its length is looked at before it is read.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private UsageBody() {}

    /** Reads one record of a format. */
    @FunctionalInterface
    public interface RecordReader {
        /** The record that the parser stands at; afterwards it stands at its end. @throws IOException on broken JSON */
        Submitted read(JsonParser json, int index) throws IOException;
    }

    /**
     * A record or an array of records.
     *
     * @throws Problem 400 when it is neither, 413 when there are too many
     */
    public static List<Submitted> json(byte[] body, RecordReader reader) {
        try (var json = JSON.createParser(body)) {
            var records = new ArrayList<Submitted>();
            var first = json.nextToken();
            if (first == JsonToken.START_OBJECT) {
                records.add(reader.read(json, 0));
            } else if (first == JsonToken.START_ARRAY) {
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    add(records, reader.read(json, records.size()));
                }
            } else {
                throw malformed("must be a usage record or an array of them");
            }
            if (json.nextToken() != null) {
                throw malformed("must end after the record or array; for one record a line, send application/x-ndjson");
            }
            return records;
        } catch (JacksonException e) {
            throw malformed("is broken or cut off at " + place(e));
        } catch (IOException e) {
            throw malformed("must be well-formed JSON in UTF-8");
        }
    }

    /** A record a line; a line that is broken is a rejected record, an empty one is none. */
    public static List<Submitted> lines(byte[] body, RecordReader reader) {
        var records = new ArrayList<Submitted>();
        for (int start = 0; start < body.length; ) {
            var end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (!blank(body, start, end)) {
                add(records, line(body, start, end - start, records.size(), reader));
            }
            start = end + 1;
        }
        return records;
    }

    private static Submitted line(byte[] body, int start, int length, int index, RecordReader reader) {
        try (var json = JSON.createParser(body, start, length)) {
            json.nextToken();
            var record = reader.read(json, index);
            return json.nextToken() == null ? record : Submitted.refused(index, "record", "must be one object a line");
        } catch (IOException e) {
            return Submitted.refused(index, "record", "must be well-formed JSON in UTF-8");
        }
    }

    private static void add(List<Submitted> records, Submitted record) {
        if (records.size() == MAX_RECORDS) {
            throw Problem.of(
                            413,
                            "too-large",
                            "The body is too large",
                            "a body may have at most " + MAX_RECORDS + " records")
                    .field("body", "must have at most " + MAX_RECORDS + " records");
        }
        records.add(record);
    }

    private static boolean blank(byte[] body, int start, int end) {
        for (var i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    private static Problem malformed(String reason) {
        return Problem.of(400, "malformed-json", "The body is not JSON", "the body " + reason)
                .field("body", reason);
    }

    private static String place(JacksonException failure) {
        var where = failure.getLocation();
        return where == null ? "an unknown place" : "line " + where.getLineNr() + ", column " + where.getColumnNr();
    }
}
