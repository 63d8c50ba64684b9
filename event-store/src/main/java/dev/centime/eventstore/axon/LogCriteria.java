package dev.centime.eventstore.axon;

import dev.centime.eventstore.log.Criterion;
import dev.centime.eventstore.log.Tag;
import java.util.Set;
import java.util.stream.Collectors;
import org.axonframework.messaging.core.QualifiedName;
import org.axonframework.messaging.eventstreaming.EventCriteria;
import org.axonframework.messaging.eventstreaming.EventCriterion;

/** Axon's criteria as the log's. */
final class LogCriteria {
    private LogCriteria() {}

    /** @throws IllegalArgumentException when a criterion has no tag: a decision on everything is none the log can keep */
    static Set<Criterion> of(EventCriteria criteria) {
        if (!criteria.hasCriteria()) {
            throw new IllegalArgumentException("decisions need criteria with tags");
        }
        return criteria.flatten().stream().map(LogCriteria::of).collect(Collectors.toUnmodifiableSet());
    }

    private static Criterion of(EventCriterion criterion) {
        if (criterion.tags().isEmpty()) {
            throw new IllegalArgumentException("decisions need criteria with tags");
        }
        return new Criterion(
                tags(criterion.tags()),
                criterion.types().stream().map(QualifiedName::toString).collect(Collectors.toUnmodifiableSet()));
    }

    static Set<Tag> tags(Set<org.axonframework.messaging.eventstreaming.Tag> tags) {
        return tags.isEmpty()
                ? Set.of()
                : tags.stream().map(tag -> new Tag(tag.key(), tag.value())).collect(Collectors.toUnmodifiableSet());
    }
}
