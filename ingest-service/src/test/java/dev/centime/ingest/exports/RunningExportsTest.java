package dev.centime.ingest.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.centime.ingest.exports.ExportMetrics.Result;
import dev.centime.ingest.exports.RunningExports.Running;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class RunningExportsTest {
    private static final int PARALLEL = 4;

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final RunningExports running = new RunningExports(few(), new ExportMetrics(registry), registry);

    @Test
    void letsInSoManyOfAll_andFewerOfOneOrganization() {
        var first = running.begin("acme").orElseThrow();
        running.begin("acme").orElseThrow();
        assertThat(running.begin("acme")).isEmpty();
        running.begin("other").orElseThrow();
        running.begin("third").orElseThrow();
        assertThat(running.begin("fourth")).isEmpty();

        first.end(Result.DONE);
        // As when the stream ends and then its answer.
        first.end(Result.ABORTED);

        assertThat(running.begin("acme")).isPresent();
        assertThat(running.begin("fourth")).isEmpty();
        assertThat(counted("refused")).isEqualTo(3);
        assertThat(counted("done")).isEqualTo(1);
        assertThat(counted("aborted")).isZero();
        assertThat(registry.get("centime.exports.running").gauge().value()).isEqualTo(PARALLEL);
    }

    @Test
    void letsInNoMore_ofThoseWhoComeAtOnce() throws InterruptedException, ExecutionException {
        var organizations = 16;
        var barrier = new CyclicBarrier(organizations);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int round = 0; round < 100; round++) {
                var asking = new ArrayList<Callable<Optional<Running>>>();
                for (int i = 0; i < organizations; i++) {
                    var organization = "org-" + i;
                    asking.add(() -> {
                        barrier.await();
                        return running.begin(organization);
                    });
                }
                var begun = new ArrayList<Running>();
                for (var asked : threads.invokeAll(asking)) {
                    asked.get().ifPresent(begun::add);
                }
                assertThat(begun).hasSize(PARALLEL);
                begun.forEach(export -> export.end(Result.DONE));
            }
        }
        assertThat(registry.get("centime.exports.running").gauge().value()).isZero();
    }

    private double counted(String result) {
        return registry.get("centime.exports").tags("result", result).counter().count();
    }

    /** As they come, but for how many. */
    private static ExportSettings few() {
        return new SmallRyeConfigBuilder()
                .withMapping(ExportSettings.class)
                .addDiscoveredConverters()
                .withDefaultValue("centime.exports.parallel", String.valueOf(PARALLEL))
                .withDefaultValue("centime.exports.parallel-of-one", "2")
                .build()
                .getConfigMapping(ExportSettings.class);
    }
}
