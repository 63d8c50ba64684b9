package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class NameLookupsTest {
    private static final InetAddress[] SOMEWHERE = {InetAddress.getLoopbackAddress()};

    @Test
    void aNameServerThatNeverAnswersHoldsUpItsOwnNamesAlone() throws Exception {
        var never = new CountDownLatch(1);
        var asked = new Semaphore(0);
        NameLookups.Lookup lookup = host -> {
            if (host.startsWith("dead")) {
                asked.release();
                await(never);
            }
            return SOMEWHERE;
        };
        try (var names = new NameLookups(lookup, 2, Duration.ofMinutes(1))) {
            Thread.ofVirtual().start(() -> look(names, "dead.example.com"));
            assertThat(asked.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            assertThat(names.of("well.example.com")).isEqualTo(SOMEWHERE);
            Thread.ofVirtual().start(() -> look(names, "dead2.example.com"));
            assertThat(asked.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
            assertThatThrownBy(() -> names.of("well.example.com")).hasMessageContaining("too many other names");
        } finally {
            never.countDown();
        }
    }

    @Test
    void nobodyWaitsForANameServerForEver() {
        var never = new CountDownLatch(1);
        NameLookups.Lookup lookup = host -> {
            await(never);
            return SOMEWHERE;
        };
        try (var names = new NameLookups(lookup, 1, Duration.ofMillis(100))) {
            assertThatThrownBy(() -> names.of("dead.example.com"))
                    .isInstanceOf(UnknownHostException.class)
                    .hasMessageContaining("no name server answered");
        } finally {
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
            Thread.ofVirtual().start(() -> look(names, "example.com")).join();
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

    private static void look(NameLookups names, String host) {
        try {
            names.of(host);
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
