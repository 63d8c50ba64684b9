package dev.centime.kit.demo;

import dev.centime.eventstore.log.Event;
import dev.centime.eventstore.projection.Projection;
import dev.centime.eventstore.projection.View;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The demo's one view: greetings by id. */
@ApplicationScoped
public class Greetings implements Projection {
    @Override
    public String name() {
        return "greetings";
    }

    @Override
    public List<String> tables() {
        return List.of("greeting");
    }

    @Override
    public Set<Class<?>> reads() {
        return Set.of(Greeted.class);
    }

    @Override
    public Uni<Void> apply(View view, List<Event> page) {
        return Multi.createFrom()
                .iterable(page)
                .onItem()
                .transformToUniAndConcatenate(event -> apply(view, event))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static Uni<Void> apply(View view, Event event) {
        var greeted = (Greeted) event.payload();
        return view.connection()
                .preparedQuery("INSERT INTO " + view.table("greeting") + " VALUES ($1, $2, $3, $4, $5)")
                .execute(Tuple.of(
                        view.partition(),
                        event.stored().organization(),
                        greeted.id(),
                        greeted.text(),
                        event.stored().offset()))
                .replaceWithVoid();
    }
}
