package dev.centime.cli.imports;

import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.UUID;

/** A form with a file, as multipart/form-data (RFC 7578). */
final class Form {
    private final String boundary = "centime-" + UUID.randomUUID();
    private final StringBuilder before = new StringBuilder();

    String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    void field(String name, String value) {
        before.append("--")
                .append(boundary)
                .append("\r\nContent-Disposition: form-data; name=\"")
                .append(name);
        before.append("\"\r\n\r\n").append(value).append("\r\n");
    }

    BodyPublisher file(String name, BodyPublisher content) {
        before.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=\"file\"; filename=\"");
        before.append(name.replaceAll("[\"\\r\\n\\\\]", "_"))
                .append("\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        return BodyPublishers.concat(
                BodyPublishers.ofString(before.toString()),
                content,
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    }
}
