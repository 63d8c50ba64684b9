package dev.centime.budget;

import dev.centime.eventstore.log.Subjects;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Addresses of mail and the ids that stand for them in the log, where names of persons are kept. */
@ApplicationScoped
public class MailAddresses {
    private static final String PREFIX = "mailto:";

    private final Subjects subjects;

    public MailAddresses(Subjects subjects) {
        this.subjects = subjects;
    }

    /** As long as a path of SMTP may be, without its brackets: RFC 5321, section 4.5.3.1.3. */
    private static final int MOST_CHARACTERS = 254;

    /** Something on both sides of one @; whether it can be delivered to is for the mail server to say. */
    public static boolean isOne(String text) {
        int at = text.indexOf('@');
        return at > 0
                && at == text.lastIndexOf('@')
                && at < text.length() - 1
                && text.length() <= MOST_CHARACTERS
                && text.chars()
                        .noneMatch(each -> Character.isWhitespace(each)
                                || Character.isISOControl(each)
                                || "<>,;:\"()[]\\".indexOf(each) >= 0);
    }

    /** What a subject is called, as an address; empty when it is none. @param name {@code mailto:} before it, or a person's */
    public static Optional<String> inName(@Nullable String name) {
        if (name == null) {
            return Optional.empty();
        }
        var address = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
        return isOne(address) ? Optional.of(address) : Optional.empty();
    }

    /** Ids in the order of the addresses; those not seen before get one. */
    public Uni<List<String>> toIds(String organization, List<String> addresses) {
        if (addresses.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        var names = addresses.stream().map(PREFIX::concat).toList();
        return subjects.idsOf(organization, names).map(ids -> names.stream()
                .map(name -> Objects.requireNonNull(ids.get(name)))
                .toList());
    }

    /** Addresses by id; what was erased, or is a person's name and no address, is absent. */
    public Uni<Map<String, String>> byId(String organization, Collection<String> ids) {
        if (ids.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return subjects.namesOf(organization, ids).map(names -> names.entrySet().stream()
                .filter(each -> inName(each.getValue()).isPresent())
                .collect(Collectors.toMap(
                        Map.Entry::getKey, each -> inName(each.getValue()).orElseThrow())));
    }

    /** A person's address: the one that was set, else his name where that is one; null when neither is. @param set as id */
    public Uni<@Nullable String> of(String organization, String user, @Nullable String set) {
        return set == null
                ? Uni.createFrom().item(inName(user).orElse(null))
                : byId(organization, List.of(set)).map(byId -> byId.get(set));
    }
}
