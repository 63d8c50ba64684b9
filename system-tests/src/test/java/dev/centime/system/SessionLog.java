package dev.centime.system;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.IntStream;

/**
 * A log of Claude Code as one is: a question, an answer written twice while it grows, and what a tool said. Made as it is read, so that its
 * size costs no memory.
 */
final class SessionLog extends InputStream {
    private final Iterator<byte[]> lines;
    private byte[] line = {};
    private int at;

    /** @param calls each of four lines */
    SessionLog(int calls) {
        lines = IntStream.range(0, calls)
                .boxed()
                .flatMap(call -> IntStream.range(0, 4).mapToObj(row -> line(call, row)))
                .iterator();
    }

    private static byte[] line(int call, int row) {
        var head =
                "{\"timestamp\":\"2026-03-%02dT10:00:00.000Z\",\"sessionId\":\"session-%d\",\"cwd\":\"/home/ann/shop\","
                        .formatted(1 + call % 28, call / 100);
        var text =
                switch (row) {
                    case 0 ->
                        "\"type\":\"user\",\"message\":{\"role\":\"user\",\"content\":\"" + "why? ".repeat(60) + "\"}}";
                    case 3 -> "\"type\":\"user\",\"toolUseResult\":\"" + "line of a file ".repeat(300) + "\"}";
                    default ->
                        "\"type\":\"assistant\",\"requestId\":\"req-%d\",\"message\":{\"id\":\"msg-%d\",\"model\":\"claude-sonnet-4-20250514\",\"content\":[{\"type\":\"text\",\"text\":\"%s\"}],\"usage\":{\"input_tokens\":%d,\"cache_read_input_tokens\":1000,\"output_tokens\":%d}}}"
                                .formatted(call, call, "because ".repeat(30), 10, row == 1 ? 1 : 200);
                };
        return (head + text + "\n").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (at == line.length) {
            if (!lines.hasNext()) {
                return -1;
            }
            line = lines.next();
            at = 0;
        }
        var count = Math.min(length, line.length - at);
        System.arraycopy(line, at, into, offset, count);
        at += count;
        return count;
    }
}
