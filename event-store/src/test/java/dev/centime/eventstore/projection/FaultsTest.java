package dev.centime.eventstore.projection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import dev.centime.eventstore.log.AppendRejected;
import dev.centime.eventstore.log.LogUnavailable;
import io.smallrye.mutiny.CompositeException;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FaultsTest {
    static Stream<Throwable> thatPass() {
        return Stream.of(
                new NotThereYet("a view is being rebuilt"),
                new AppendRejected("somebody was faster"),
                new LogUnavailable("the database is away", null),
                new VertxException("Connection pool reached max wait queue size of 10", true),
                new RejectedExecutionException("the service ends"),
                new CancellationException("the service ends"),
                new java.util.concurrent.TimeoutException("slow"),
                new OutOfMemoryError("for a moment"),
                // As it comes out of what wraps it.
                new CompletionException(new IOException("Connection reset by peer")),
                new UncheckedIOException(new IOException("No space left on device")),
                new IllegalStateException("tried too often", new AppendRejected("somebody was faster")),
                new RuntimeException(new IllegalStateException(new PgException("ended", "FATAL", "57P01", null))),
                new RuntimeException(new InterruptedException()),
                new CompositeException(
                        List.of(new IllegalStateException("while it was undone"), new LogUnavailable("away", null))));
    }

    @ParameterizedTest
    @MethodSource("thatPass")
    void parksNobody_whenTheFailurePasses(Throwable failure) {
        assertThat(Faults.ofData(failure)).isFalse();
    }

    static Stream<Throwable> ofAnEvent() {
        return Stream.of(
                new IllegalArgumentException("no pears"),
                new NullPointerException(),
                new CompletionException(new IllegalStateException("no pears")),
                new UncheckedIOException(new JsonParseException(null, "no JSON")),
                new UncheckedIOException(new CharacterCodingException()),
                new IllegalArgumentException(
                        "the log does not take this", new PgException("a NUL", "ERROR", "22021", null)),
                new CompositeException(List.of(new IllegalStateException("one"), new IllegalStateException("two"))),
                new CompositeException(List.of(
                        new PgException("twice", "ERROR", "23505", null),
                        new PgException("in a failed transaction", "ERROR", "25P02", null))),
                ring());
    }

    @ParameterizedTest
    @MethodSource("ofAnEvent")
    void isOfData_whenTheSameEventMeetsItAgain(Throwable failure) {
        assertThat(Faults.ofData(failure)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "25006", "25P03", "40001", "40P01", "53100", "53300", "55P03", "57P01", "57P03", "58030",
                "XX000", "0A000"
            })
    void parksNobody_whenTheDatabaseCannotNow(String state) {
        assertThat(Faults.ofData(new PgException("", "ERROR", state, null))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"21000", "22003", "23505", "23514", "44000", "54000", "CT004", "P0001"})
    void isOfData_whenTheDatabaseRefusesTheRows(String state) {
        assertThat(Faults.ofData(new PgException("", "ERROR", state, null))).isTrue();
    }

    private static RuntimeException ring() {
        var one = new IllegalStateException("one");
        var other = new IllegalStateException("other", one);
        one.initCause(other);
        return one;
    }
}
