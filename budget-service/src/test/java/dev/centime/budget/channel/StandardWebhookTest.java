package dev.centime.budget.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardWebhookTest {
    /** The example that the libraries of Standard Webhooks are tested with. */
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    private static final Instant AT = Instant.ofEpochSecond(1_614_265_330);
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void signsAsTheSpecificationsExample() {
        assertThat(StandardWebhook.signature(List.of(SECRET), ID, AT, BODY)).isEqualTo(SIGNATURE);
    }

    @Test
    void signsByEachSecretWhileOneTakesThePlaceOfTheOther() {
        var other = "whsec_" + "A".repeat(32);
        assertThat(StandardWebhook.signature(List.of(other, SECRET), ID, AT, BODY)
                        .split(" "))
                .hasSize(2)
                .contains(SIGNATURE)
                .allMatch(each -> each.startsWith("v1,"));
    }

    @Test
    void anotherIdTimeOrBodyHasAnotherSignature() {
        assertThat(StandardWebhook.signature(List.of(SECRET), ID + "x", AT, BODY))
                .isNotEqualTo(SIGNATURE);
        assertThat(StandardWebhook.signature(List.of(SECRET), ID, AT.plusSeconds(1), BODY))
                .isNotEqualTo(SIGNATURE);
        assertThat(StandardWebhook.signature(List.of(SECRET), ID, AT, new byte[] {1}))
                .isNotEqualTo(SIGNATURE);
    }
}
