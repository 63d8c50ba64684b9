package dev.centime.eventstore.log;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event is about, for whoever asks later who changed a thing. Such an event says it in its metadata and is found by it among
 * the tags, beside whatever decisions find it by; so this is for what people do, not for every call that is recorded.
 *
 * @param entity as {@code kind/id}; what is too long for an index is cut off
 * @param concerning another organization whose business it is than the one it is stored under; null for none
 */
public record About(String entity, @Nullable String concerning) {
    /** On all of them, in the order in which they happened. */
    public static final Tag ALL = new Tag("audited", "all");

    public static final String ENTITY = "entity";
    public static final String CONCERNING = "concerning";

    /** In UTF-8 never longer than a tag may be. */
    private static final int MOST_CHARACTERS = 300;

    public About {
        if (entity.length() > MOST_CHARACTERS) {
            var cut = Character.isHighSurrogate(entity.charAt(MOST_CHARACTERS - 1)) ? 1 : 0;
            entity = entity.substring(0, MOST_CHARACTERS - cut);
        }
    }

    public About(String entity) {
        this(entity, null);
    }

    /** On the events of one entity. */
    public static Tag entityTag(String entity) {
        return new Tag("audited", new About(entity).entity());
    }

    /** On the events that are another organization's business. */
    public static Tag concerningTag(String organization) {
        return new Tag(CONCERNING, organization);
    }

    Map<String, String> with(Map<String, String> metadata) {
        var all = new HashMap<>(metadata);
        all.put(ENTITY, entity);
        if (concerning != null) {
            all.put(CONCERNING, concerning);
        }
        return all;
    }

    Set<Tag> with(Set<Tag> tags) {
        var all = new HashSet<>(tags);
        all.add(ALL);
        all.add(entityTag(entity));
        if (concerning != null) {
            all.add(concerningTag(concerning));
        }
        return all;
    }
}
