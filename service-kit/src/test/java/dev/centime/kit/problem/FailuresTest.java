package dev.centime.kit.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;

class FailuresTest {
    @Test
    void aBodyThatBreaksOffIsItsSendersFault() {
        var problem = Failures.problem(new IOException("closed"), false);
        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).singleElement().satisfies(error -> assertThat(error.field())
                .isEqualTo("body"));
    }

    @Test
    void aConnectionThatBreaksOffAfterTheBodyIsTheDatabases() {
        assertThat(Failures.problem(new ConnectException("refused"), true).status())
                .isEqualTo(503);
        assertThat(Failures.problem(new IOException("reset"), true).status()).isEqualTo(503);
    }

    @Test
    void aBugIsABug_howeverMuchOfTheBodyHasCome() {
        assertThat(Failures.problem(new IllegalStateException("oops"), false).status())
                .isEqualTo(500);
        assertThat(Failures.problem(new IllegalStateException("oops"), true).status())
                .isEqualTo(500);
    }
}
