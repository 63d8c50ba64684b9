package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NameLookupsTest {
    private static final InetAddress[] SOMEWHERE = {InetAddress.getLoopbackAddress()};

    @Test
    void aNameServerThatNeverAnswersHoldsUpItsOwnNamesAlone() throws Exception {
        var never = new CountDownLatch(1);
        NameLookups.Lookup lookup = host -> {
            if (host.startsWith("dead")) {
                await(never);
            }
            return SOMEWHERE;
        };
        // Long enough for a thread of a busy machine to come to its turn.
        try (var names = new NameLookups(lookup, 2, Duration.ofSeconds(2))) {
            assertThatThrownBy(() -> names.of("dead.example.com"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no name server answered");
            assertThat(names.of("well.example.com")).isEqualTo(SOMEWHERE);
            assertThatThrownBy(() -> names.of("dead2.example.com")).hasMessageContaining("no name server answered");
            assertThatThrownBy(() -> names.of("well.example.com")).hasMessageContaining("too many other names");
            never.countDown();
        }
    }

    /** Inside the operating system a virtual thread would keep what carries all of them. */
    @Test
    void nobodysVirtualThreadWaitsInTheOperatingSystem() throws Exception {
        var asking = new AtomicReference<Thread>();
        NameLookups.Lookup lookup = host -> {
            asking.set(Thread.currentThread());
            return SOMEWHERE;
        };
        try (var names = new NameLookups(lookup, 1, Duration.ofSeconds(30))) {
            Thread.ofVirtual().start(() -> look(names)).join();
            assertThat(asking.get().isVirtual()).isFalse();
        }
    }

    @Test
    void whatIsUnknownIsSaidToBe() {
        NameLookups.Lookup lookup = host -> {
            throw new UnknownHostException(host);
        };
        try (var names = new NameLookups(lookup, 1, Duration.ofSeconds(30))) {
            assertThatThrownBy(() -> names.of("none.example.com"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessage("none.example.com");
        }
    }

    private static void look(NameLookups names) {
        try {
            names.of("example.com");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
