package dev.centime.eventstore.log;

import io.smallrye.mutiny.Uni;
import java.util.Collection;
import java.util.Map;

/**
 * The ids that stand for persons. The log and every view hold ids; names are looked up at a service's door and nowhere
 * else. Erasing a person deletes the name: figures stay.
 */
public interface Subjects {
    /** Ids by name; names not seen before get one. */
    Uni<Map<String, String>> idsOf(String organization, Collection<String> names);

    /** Ids by name of those that have one; makes none. For filters. */
    Uni<Map<String, String>> knownIdsOf(String organization, Collection<String> names);

    /** Names by id; erased and unknown ids are absent. */
    Uni<Map<String, String>> namesOf(String organization, Collection<String> ids);

    /** Forgets a name for good. @return whether there was one */
    Uni<Boolean> erase(String organization, String name);
}
