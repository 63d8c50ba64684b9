package dev.centime.eventstore.log;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which class stands for which stored name and version, and how older versions become the newest. Immutable.
 *
 * <p>An event of a version newer than the class is refused, not guessed at: during a rolling upgrade the older reader stops
 * and the newer one goes on.
 */
public final class EventTypes {
    private final ObjectMapper mapper;
    private final Map<Class<?>, Name> names;
    private final Map<String, Class<?>> classes;
    private final Map<Name, UnaryOperator<ObjectNode>> upcasters;
    private final Map<Class<?>, Function<Object, @Nullable About>> abouts;

    private EventTypes(Builder builder) {
        this.mapper = builder.mapper;
        this.names = Map.copyOf(builder.names);
        this.classes = Map.copyOf(builder.classes);
        this.upcasters = Map.copyOf(builder.upcasters);
        this.abouts = Map.copyOf(builder.abouts);
    }

    /** A stored name with its version. */
    public record Name(String type, int version) {}

    public static Builder with(ObjectMapper mapper) {
        return new Builder(mapper);
    }

    /** The stored name of a class. @throws IllegalArgumentException when it was not added */
    public Name nameOf(Class<?> type) {
        var name = names.get(type);
        if (name == null) {
            throw new IllegalArgumentException(type.getName() + " is not a stored event");
        }
        return name;
    }

    /** The stored name of a class, empty when it was not added. */
    public Optional<Name> find(Class<?> type) {
        return Optional.ofNullable(names.get(type));
    }

    /** The stored names of some classes. @throws IllegalArgumentException when one was not added */
    public Set<String> namesOf(Set<Class<?>> types) {
        return types.stream().map(type -> nameOf(type).type()).collect(Collectors.toSet());
    }

    /** An event ready to append, with what it is about where its class says so. */
    public NewEvent encode(String id, Instant at, Object payload, Map<String, String> metadata, Set<Tag> tags) {
        var name = nameOf(payload.getClass());
        var told = abouts.get(payload.getClass());
        var about = told == null ? null : told.apply(payload);
        try {
            return new NewEvent(
                    id,
                    name.type(),
                    name.version(),
                    at,
                    mapper.writeValueAsBytes(payload),
                    about == null ? metadata : about.with(metadata),
                    about == null ? tags : about.with(tags));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The event's payload as the newest version of its class; empty when the type is none of these.
     *
     * @throws EventUnreadable when the bytes do not make an event of that type
     */
    public Optional<Object> decode(StoredEvent event) {
        var type = classes.get(event.type());
        return type == null ? Optional.empty() : Optional.of(decode(event, type));
    }

    private Object decode(StoredEvent event, Class<?> type) {
        var newest = nameOf(type).version();
        try {
            if (event.version() == newest) {
                return mapper.readValue(event.payload(), type);
            }
            if (event.version() > newest) {
                throw new EventUnreadable(
                        event, "its version is newer than this program knows (" + newest + ")", null, true);
            }
            var node = (ObjectNode) mapper.readTree(event.payload());
            for (int version = event.version(); version < newest; version++) {
                var upcaster = upcasters.get(new Name(event.type(), version));
                if (upcaster == null) {
                    throw new EventUnreadable(event, "nothing upcasts version " + version, null);
                }
                node = upcaster.apply(node);
            }
            return mapper.treeToValue(node, type);
        } catch (IOException | RuntimeException e) {
            throw e instanceof EventUnreadable unreadable
                    ? unreadable
                    : new EventUnreadable(event, "its payload does not fit", e);
        }
    }

    /** A stored event that no class can be made of: an error of data, which parks its organization. */
    public static final class EventUnreadable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final boolean newer;

        EventUnreadable(StoredEvent event, String why, @Nullable Throwable cause) {
            this(event, why, cause, false);
        }

        EventUnreadable(StoredEvent event, String why, @Nullable Throwable cause, boolean newer) {
            super(
                    "event " + event.partition() + "/" + event.offset() + " (" + event.type() + " v" + event.version()
                            + ") cannot be read: " + why,
                    cause);
            this.newer = newer;
        }

        /** Whether a later version of this program can read it: nothing is wrong with the event, so nobody is parked. */
        public boolean newer() {
            return newer;
        }
    }

    /** Collects types; each name and each class once. */
    public static final class Builder {
        private final ObjectMapper mapper;
        private final Map<Class<?>, Name> names = new HashMap<>();
        private final Map<String, Class<?>> classes = new HashMap<>();
        private final Map<Name, UnaryOperator<ObjectNode>> upcasters = new HashMap<>();
        private final Map<Class<?>, Function<Object, @Nullable About>> abouts = new HashMap<>();

        private Builder(ObjectMapper mapper) {
            this.mapper = mapper;
        }

        public Builder add(Class<?> type, String name, int version) {
            if (names.put(type, new Name(name, version)) != null || classes.put(name, type) != null) {
                throw new IllegalArgumentException(name + " or " + type.getName() + " was added before");
            }
            return this;
        }

        /** How the payload of a version becomes that of the next. */
        public Builder upcast(String name, int fromVersion, UnaryOperator<ObjectNode> toNext) {
            upcasters.put(new Name(name, fromVersion), toNext);
            return this;
        }

        /** What events of a class are about. @param told null for one that is nobody's business */
        public <E> Builder about(Class<E> type, Function<E, @Nullable About> told) {
            abouts.put(type, payload -> told.apply(type.cast(payload)));
            return this;
        }

        public EventTypes build() {
            return new EventTypes(this);
        }
    }
}
