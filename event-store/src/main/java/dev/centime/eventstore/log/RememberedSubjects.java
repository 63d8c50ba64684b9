package dev.centime.eventstore.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ids of names seen lately. An erased person may be remembered by another replica until a minute has passed; events recorded
 * meanwhile hold the erased id, which no longer has a name.
 */
final class RememberedSubjects {
    private static final long FOR_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int MAX = 100_000;

    private record Person(String organization, String name) {}

    private record Remembered(String subject, long since) {}

    private final Map<Person, Remembered> persons = new ConcurrentHashMap<>();
    private volatile long timeline;

    /** Puts what is remembered into {@code found} and lists the rest in order. */
    List<String> findOrList(String organization, Set<String> names, Map<String, String> found) {
        var missing = new ArrayList<String>();
        long now = System.nanoTime();
        for (var name : names) {
            var known = persons.get(new Person(organization, name));
            if (known != null && now - known.since < FOR_NANOS) {
                found.put(name, known.subject);
            } else {
                missing.add(name);
            }
        }
        missing.sort(null);
        return missing;
    }

    void remember(String organization, Map<String, String> subjects) {
        if (persons.size() + subjects.size() > MAX) {
            persons.clear();
        }
        long now = System.nanoTime();
        subjects.forEach((name, subject) -> persons.put(new Person(organization, name), new Remembered(subject, now)));
    }

    /** On another timeline a name seen lately may have no id, or another one. */
    void heed(long now) {
        if (now != timeline) {
            persons.clear();
            timeline = now;
        }
    }

    void forget(String organization, String name) {
        persons.remove(new Person(organization, name));
    }
}
