package dev.centime.gateway.view.audit;

import java.util.List;
import java.util.Optional;

/**
 * An entity that is a person: what he may spend, what he wants to be told. Outside he stands there by name, in the log by id.
 *
 * @param kind with its slash
 * @param person name or id
 */
record PersonEntity(String kind, String person) {
    private static final List<String> KINDS = List.of("user-limits/", "notification-preferences/");

    /** Empty when it is about something else. */
    static Optional<PersonEntity> of(String entity) {
        return KINDS.stream()
                .filter(entity::startsWith)
                .map(kind -> new PersonEntity(kind, entity.substring(kind.length())))
                .findFirst();
    }

    /** The same by another name or id. */
    String as(String other) {
        return kind + other;
    }
}
