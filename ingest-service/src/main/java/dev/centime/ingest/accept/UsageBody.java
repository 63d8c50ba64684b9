package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.centime.ingest.command.recordusage.Submitted;
import dev.centime.kit.Problem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The records of a body: one object, an array of them, or a line each. */
public final class UsageBody {
    /** The most records of one body. */
    public static final int MAX_RECORDS = 10_000;

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
        return JsonBody.read(body, json -> oneOrArray(json, reader));
    }

    private static List<Submitted> oneOrArray(JsonParser json, RecordReader reader) throws IOException {
        var records = new ArrayList<Submitted>();
        if (json.currentToken() == JsonToken.START_OBJECT) {
            records.add(reader.read(json, 0));
        } else if (json.currentToken() == JsonToken.START_ARRAY) {
            while (json.nextToken() != JsonToken.END_ARRAY) {
                add(records, reader.read(json, records.size()));
            }
        } else {
            throw JsonBody.malformed("must be a usage record or an array of them");
        }
        return records;
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

    /** An object, an array or an object a line, whichever it is: some clients call all three JSON. */
    public static List<Submitted> jsonOrLines(byte[] body, RecordReader reader) {
        return moreThanOneValue(body) ? lines(body, reader) : json(body, reader);
    }

    private static boolean moreThanOneValue(byte[] body) {
        var whole = false;
        try (var json = JsonBody.parser(body, 0, body.length)) {
            json.nextToken();
            json.skipChildren();
            whole = true;
            return json.nextToken() != null;
        } catch (IOException e) {
            return whole;
        }
    }

    private static Submitted line(byte[] body, int start, int length, int index, RecordReader reader) {
        try (var json = JsonBody.parser(body, start, length)) {
            json.nextToken();
            var record = reader.read(json, index);
            return json.nextToken() == null ? record : Submitted.refused(index, "record", "must be one object a line");
        } catch (IOException e) {
            return Submitted.refused(index, "record", "must be well-formed JSON in UTF-8");
        }
    }

    private static void add(List<Submitted> records, Submitted record) {
        checkRoom(records.size());
        records.add(record);
    }

    /** @throws Problem 413 when a body has as many records as one may have */
    public static void checkRoom(int records) {
        if (records >= MAX_RECORDS) {
            throw Problem.of(
                            413,
                            "too-large",
                            "The body is too large",
                            "a body may have at most " + MAX_RECORDS + " records")
                    .field("body", "must have at most " + MAX_RECORDS + " records");
        }
    }

    private static boolean blank(byte[] body, int start, int end) {
        for (var i = start; i < end; i++) {
            if (body[i] != ' ' && body[i] != '\t' && body[i] != '\r') {
                return false;
            }
        }
        return true;
    }
}
