package dev.centime.gateway.door;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void letsABurstPass_andThenSoManyASecond() {
        var bucket = new TokenBucket(2, 3);
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isZero();
        assertThat(bucket.take(0)).isEqualTo(1);
        assertThat(bucket.take(SECOND / 2)).isZero();
        assertThat(bucket.take(SECOND / 2)).isEqualTo(1);
        assertThat(bucket.take(SECOND * 3 / 2)).isZero();
        assertThat(bucket.take(SECOND * 3 / 2)).isZero();
        assertThat(bucket.take(SECOND * 3 / 2)).isEqualTo(1);
    }

    @Test
    void savesNoMoreThanABurst_howeverLongThePause() {
        var bucket = new TokenBucket(100, 2);
        assertThat(bucket.take(0)).isZero();
        for (var i = 0; i < 2; i++) {
            assertThat(bucket.take(3600 * SECOND)).isZero();
        }
        assertThat(bucket.take(3600 * SECOND)).isEqualTo(1);
    }
}
