package dev.centime.ingest;

import static org.awaitility.Awaitility.await;

import dev.centime.eventstore.projection.ProjectionStatus;
import dev.centime.eventstore.projection.Projections;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** The service's views, made anew. */
@ApplicationScoped
public class TestViews {
    /** A rebuild reads whatever tests recorded before, and yields to what is read live. A test's token lives a little longer. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final Projections projections;

    TestViews(Projections projections) {
        this.projections = projections;
    }

    /** Rebuilds views, and returns when the new ones are served. */
    public void rebuild(String... views) {
        for (var view : views) {
            projections.rebuild(view).await().atMost(PATIENCE);
        }
        await().atMost(PATIENCE).until(() -> projections.rebuilds().await().atMost(PATIENCE).stream()
                .map(ProjectionStatus.Rebuild::finishedAt)
                .allMatch(finished -> finished != null));
    }
}
