package dev.centime.ingest.accept.cloudevents;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.centime.ingest.accept.JsonBody;
import dev.centime.ingest.accept.PayloadTree;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An event whose attributes are headers and whose data is the body.
 *
 * @see <a href="https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md">HTTP binding</a>
 */
final class EventHeaders {
    private static final List<String> ATTRIBUTES = List.of("specversion", "id", "source", "type", "subject", "time");

    private EventHeaders() {}

    /** The attributes; null when the request has none, so its event is in the body. */
    static @Nullable ObjectNode of(HttpHeaders headers) {
        if (headers.getHeaderString("ce-specversion") == null && headers.getHeaderString("ce-id") == null) {
            return null;
        }
        var event = JsonNodeFactory.instance.objectNode();
        for (var attribute : ATTRIBUTES) {
            var value = headers.getHeaderString("ce-" + attribute);
            if (value != null) {
                event.put(attribute, decoded(value));
            }
        }
        return event;
    }

    static ObjectNode withData(ObjectNode attributes, byte[] body) {
        return attributes.set("data", JsonBody.read(body, json -> PayloadTree.read(json, Set.of())));
    }

    /** What is not ASCII is percent-encoded; what only looks so is taken as it is. */
    private static String decoded(String value) {
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return value;
        }
    }
}
