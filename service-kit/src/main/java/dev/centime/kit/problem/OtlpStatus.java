package dev.centime.kit.problem;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.centime.kit.Problem;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A problem as exporters of OpenTelemetry read it: OTLP/HTTP has every refusal be a {@code google.rpc.Status} in the encoding of the
 * request, whoever refuses.
 *
 * @param mediaType that of the request; JSON for one that is neither
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#failures">OTLP/HTTP Failures</a>
 */
record OtlpStatus(String mediaType, byte[] body) {
    private static final String PATH = "/v1/traces";
    private static final String PROTOBUF = "application/x-protobuf";
    private static final String JSON = "application/json";

    /** Numbers of the fields {@code code} and {@code message}, with how their values are written. */
    private static final int CODE = 1 << 3;

    private static final int MESSAGE = 2 << 3 | 2;

    private static final int SEVEN_BITS = 0x7f;

    /** Whether what refuses a request to a path must speak so. */
    static boolean isFor(String path) {
        return path.equals(PATH);
    }

    /** @param contentType of the request, null when it has none */
    static OtlpStatus of(Problem problem, @Nullable String contentType) {
        var code = code(problem.status());
        var message = String.valueOf(problem.getMessage());
        return contentType != null && contentType.startsWith(PROTOBUF)
                ? new OtlpStatus(PROTOBUF, protobuf(code, message))
                : new OtlpStatus(JSON, json(code, message));
    }

    private static byte[] json(int code, String message) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", message)
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Two fields are not worth the library, which the gateway has no other use for. */
    private static byte[] protobuf(int code, String message) {
        var text = message.getBytes(StandardCharsets.UTF_8);
        var out = new ByteArrayOutputStream();
        out.write(CODE);
        writeNumber(out, code);
        out.write(MESSAGE);
        writeNumber(out, text.length);
        out.writeBytes(text);
        return out.toByteArray();
    }

    /** Seven bits a byte, the lowest first, the eighth set on all but the last. */
    private static void writeNumber(ByteArrayOutputStream out, int number) {
        var rest = number;
        while (rest > SEVEN_BITS) {
            out.write(rest & SEVEN_BITS | SEVEN_BITS + 1);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** The code of gRPC for a status of HTTP. */
    private static int code(int status) {
        return switch (status) {
            case 401 -> 16;
            case 403 -> 7;
            case 404 -> 5;
            case 405 -> 12;
            case 413, 429 -> 8;
            case 503 -> 14;
            default -> status < 500 ? 3 : 13;
        };
    }
}
