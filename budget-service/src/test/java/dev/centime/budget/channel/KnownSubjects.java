package dev.centime.budget.channel;

import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** Every id is somebody's address. */
final class KnownSubjects implements Subjects {
    static String address(String id) {
        return id + "@example.com";
    }

    @Override
    public Uni<Map<String, String>> namesOf(String organization, Collection<String> ids) {
        return Uni.createFrom().item(ids.stream().collect(Collectors.toMap(id -> id, id -> "mailto:" + address(id))));
    }

    @Override
    public Uni<Map<String, String>> idsOf(String organization, Collection<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Map<String, String>> knownIdsOf(String organization, Collection<String> names) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Uni<Boolean> erase(String organization, String name) {
        throw new UnsupportedOperationException();
    }
}
