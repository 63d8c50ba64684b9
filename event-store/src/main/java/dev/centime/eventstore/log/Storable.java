package dev.centime.eventstore.log;

import java.util.List;

/** What the log takes. Anything else is refused here, before it can fail a call that others share. */
final class Storable {
    private static final int MAX_ORGANIZATION = 128;
    private static final int MAX_ID = 256;
    private static final int MAX_TYPE = 128;
    private static final int MAX_TAG = 1_024;
    private static final int MAX_TAGS = 64;
    private static final int MAX_METADATA = 16 << 10;
    private static final int MAX_PAYLOAD = 1 << 20;
    /** Of one append: well below what PostgreSQL takes for one parameter. */
    private static final long MAX_APPEND_BYTES = 32L << 20;

    private Storable() {}

    /** @throws IllegalArgumentException naming what is wrong and with which event */
    static void check(String organization, List<NewEvent> events) {
        checkName("organization", organization, MAX_ORGANIZATION);
        if (events.size() > EventLog.MAX_APPEND) {
            throw new IllegalArgumentException(
                    events.size() + " events in one append; at most " + EventLog.MAX_APPEND + " are taken");
        }
        long bytes = 0;
        for (var event : events) {
            check(event);
            bytes += event.payload().length;
        }
        if (bytes > MAX_APPEND_BYTES) {
            throw new IllegalArgumentException(
                    bytes + " bytes in one append; at most " + MAX_APPEND_BYTES + " are taken");
        }
    }

    private static void check(NewEvent event) {
        checkName("id", event.id(), MAX_ID);
        checkName("type", event.type(), MAX_TYPE);
        if (event.version() < 1) {
            throw new IllegalArgumentException("version of event " + event.id() + " is below 1");
        }
        if (event.tags().size() > MAX_TAGS) {
            throw new IllegalArgumentException("event " + event.id() + " has more than " + MAX_TAGS + " tags");
        }
        event.tags().forEach(Storable::check);
        if (!event.metadata().isEmpty()) {
            checkMetadata(event);
        }
        if (event.payload().length > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload of event " + event.id() + " has " + event.payload().length
                    + " bytes; at most " + MAX_PAYLOAD + " are taken");
        }
        var fault = JsonBytes.fault(event.payload());
        if (fault != null) {
            throw new IllegalArgumentException("payload of event " + event.id() + " holds " + fault);
        }
    }

    /** Without equals signs in keys, {@code key=value} means one thing. */
    static void check(Tag tag) {
        if (tag.key().indexOf('=') >= 0) {
            throw new IllegalArgumentException("a tag's key must not hold an equals sign");
        }
        checkName("tag", tag.key(), MAX_TAG);
        checkText("tag", tag.value());
        if (bytes(tag.key()) + 1 + bytes(tag.value()) > MAX_TAG) {
            throw new IllegalArgumentException("a tag is longer than " + MAX_TAG + " bytes");
        }
    }

    static void checkName(String what, String text, int maxBytes) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(what + " is empty");
        }
        checkText(what, text);
        if (text.length() * 3 > maxBytes && bytes(text) > maxBytes) {
            throw new IllegalArgumentException(what + " is longer than " + maxBytes + " bytes");
        }
    }

    /** PostgreSQL stores no NUL, and UTF-8 has no form for half a surrogate pair. */
    static void checkText(String what, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(what + " holds a NUL character");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw new IllegalArgumentException(what + " holds half a surrogate pair");
                }
                i++;
            }
        }
    }

    private static void checkMetadata(NewEvent event) {
        long size = 0;
        for (var entry : event.metadata().entrySet()) {
            checkText("metadata", entry.getKey());
            checkText("metadata", entry.getValue());
            size += entry.getKey().length() + entry.getValue().length();
        }
        if (size > MAX_METADATA) {
            throw new IllegalArgumentException("metadata of event " + event.id() + " is too long");
        }
    }

    private static int bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length;
    }
}
