package dev.centime.budget.reaction;

import dev.centime.budget.CurrentAlertSettings;
import dev.centime.contracts.PersonErased;
import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.log.Subjects;
import dev.centime.eventstore.projection.Reaction;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Who is erased may have said where to write to: every address that he ever set is forgotten, wherever else it is a contact. */
@ApplicationScoped
public class WhenPersonErasedThenForgetAddresses implements Reaction {
    private final CurrentAlertSettings settings;
    private final Subjects subjects;

    WhenPersonErasedThenForgetAddresses(CurrentAlertSettings settings, Subjects subjects) {
        this.settings = settings;
        this.subjects = subjects;
    }

    @Override
    public String name() {
        return "forget-addresses";
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(PersonErased.class);
    }

    @Override
    public Uni<Void> react(List<Event> page) {
        return each(
                page,
                event -> each(
                        ((PersonErased) event.payload()).subjects(),
                        subject -> forget(event.stored().organization(), subject)));
    }

    private Uni<Void> forget(String organization, String subject) {
        return settings.addressesOf(organization, subject)
                .chain(ids -> subjects.namesOf(organization, ids))
                .chain(names -> each(names.values(), name -> subjects.erase(organization, name)
                        .replaceWithVoid()));
    }

    private static <T> Uni<Void> each(Collection<T> all, Function<T, Uni<Void>> deed) {
        var done = Uni.createFrom().voidItem();
        for (var one : all) {
            done = done.chain(() -> deed.apply(one));
        }
        return done;
    }
}
