package dev.centime.ingest.accept;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.centime.kit.Problem;
import java.io.IOException;

/** JSON as it came from outside, read token by token. */
public final class JsonBody {
    private static final JsonFactory JSON = JsonFactory.builder()
            // A long number is its record's fault alone; its length is looked at before it is read.
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();

    private JsonBody() {}

    /** Reads a value. */
    @FunctionalInterface
    public interface Reader<T> {
        /** @param json stands at the value, or at nothing when there is none; afterwards it stands at its end */
        T read(JsonParser json) throws IOException;
    }

    /**
     * The one value that a body is.
     *
     * @throws Problem 400 when it is broken or something follows it
     */
    public static <T> T read(byte[] body, Reader<T> reader) {
        try (var json = parser(body, 0, body.length)) {
            json.nextToken();
            var read = reader.read(json);
            if (json.nextToken() != null) {
                throw malformed("must end after the record or array; for one record a line, send application/x-ndjson");
            }
            return read;
        } catch (JacksonException e) {
            throw malformed("is broken or cut off at " + place(e));
        } catch (IOException e) {
            throw malformed("must be well-formed JSON in UTF-8");
        }
    }

    static JsonParser parser(byte[] body, int start, int length) throws IOException {
        return JSON.createParser(body, start, length);
    }

    /** 400: no JSON, or not of the outer form that was expected. */
    public static Problem malformed(String reason) {
        return Problem.of(400, "malformed-json", "The body is not JSON", "the body " + reason)
                .field("body", reason);
    }

    private static String place(JacksonException failure) {
        var where = failure.getLocation();
        return where == null ? "an unknown place" : "line " + where.getLineNr() + ", column " + where.getColumnNr();
    }
}
