package dev.centime.eventstore.log;

import java.util.List;

/** The events that somebody hands in together. */
record Append(String organization, List<NewEvent> events) {
    long bytes() {
        long bytes = 0;
        for (var event : events) {
            bytes += event.payload().length;
        }
        return bytes;
    }
}
