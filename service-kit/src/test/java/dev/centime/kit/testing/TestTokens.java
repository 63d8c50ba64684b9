package dev.centime.kit.testing;

import dev.centime.kit.Role;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Tokens as the gateway signs them, by a key of this JVM that {@link ServiceDatabase} publishes as a JWKS. */
public final class TestTokens {
    private static final String KEY_ID = "test";
    private static final String PROPERTY = "centime.test.signing-key";
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private TestTokens() {}

    /** A token of a key of a role, for an organization ({@code *} for all), of a person or null. */
    public static String token(Role role, String organization, @Nullable String user) {
        return token("key-of-" + (user == null ? role.text() : user), role, organization, user, Duration.ofMinutes(5));
    }

    public static String userToken(String organization, String user) {
        return token(Role.USER, organization, user);
    }

    public static String orgAdminToken(String organization) {
        return token(Role.ORG_ADMIN, organization, null);
    }

    public static String platformAdminToken(String organization) {
        return token(Role.PLATFORM_ADMIN, organization, null);
    }

    public static String ingestToken(String organization) {
        return token(Role.INGEST, organization, null);
    }

    /** @param lifetime negative for one that has expired */
    public static String token(String id, Role role, String organization, @Nullable String user, Duration lifetime) {
        var now = Instant.now();
        var person = user == null ? "" : ",\"user\":\"" + user + "\"";
        return sign(
                "{\"iss\":\"centime\",\"aud\":\"centime\",\"sub\":\"" + id + "\",\"upn\":\"" + id + "\",\"groups\":[\""
                        + role.text() + "\"],\"org\":\"" + organization + "\"" + person + ",\"iat\":"
                        + Math.min(now.getEpochSecond(), now.plus(lifetime).getEpochSecond() - 1) + ",\"exp\":"
                        + now.plus(lifetime).getEpochSecond() + "}");
    }

    /** Any claims under a valid signature. */
    public static String sign(String claims) {
        try {
            var head = "{\"alg\":\"ES256\",\"typ\":\"JWT\",\"kid\":\"" + KEY_ID + "\"}";
            var signed = base64(head.getBytes(StandardCharsets.UTF_8)) + "."
                    + base64(claims.getBytes(StandardCharsets.UTF_8));
            var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(keys().getPrivate());
            signature.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + base64(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The public key, as the gateway publishes its own. */
    public static String jwks() {
        var point = ((ECPublicKey) keys().getPublic()).getW();
        return "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"use\":\"sig\",\"alg\":\"ES256\",\"kid\":\"" + KEY_ID
                + "\",\"x\":\"" + base64(unsigned(point.getAffineX().toByteArray())) + "\",\"y\":\""
                + base64(unsigned(point.getAffineY().toByteArray())) + "\"}]}";
    }

    /**
     * Made once a JVM. Kept as a system property, because Quarkus loads this class more than once: for the test resources and
     * for the tests.
     */
    private static KeyPair keys() {
        synchronized (System.class) {
            try {
                if (System.getProperty(PROPERTY) == null) {
                    var generator = KeyPairGenerator.getInstance("EC");
                    generator.initialize(new ECGenParameterSpec("secp256r1"));
                    var made = generator.generateKeyPair();
                    System.setProperty(
                            PROPERTY,
                            base64(made.getPublic().getEncoded()) + "."
                                    + base64(made.getPrivate().getEncoded()));
                }
                var parts = System.getProperty(PROPERTY).split("\\.");
                var factory = KeyFactory.getInstance("EC");
                return new KeyPair(
                        factory.generatePublic(
                                new X509EncodedKeySpec(Base64.getUrlDecoder().decode(parts[0]))),
                        factory.generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getUrlDecoder().decode(parts[1]))));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A coordinate of P-256 in exactly 32 bytes. */
    private static byte[] unsigned(byte[] number) {
        var bytes = new byte[32];
        var length = Math.min(number.length, bytes.length);
        System.arraycopy(number, number.length - length, bytes, bytes.length - length, length);
        return bytes;
    }

    private static String base64(byte[] bytes) {
        return BASE64.encodeToString(bytes);
    }
}
