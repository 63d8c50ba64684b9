package dev.centime.kit.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The keys that secrets are sealed with: the first one seals, all of them open. */
public final class KeyRing {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();

    /**
     * @param lines {@code ID:BASE64} of 32 bytes each; empty ones and those that begin with # are passed over
     * @throws IllegalArgumentException when one is no such line, or none is there; says the line's number, never what it holds
     */
    public KeyRing(List<String> lines) {
        for (int index = 0; index < lines.size(); index++) {
            var line = lines.get(index).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, index + 1);
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("there is no key in it");
        }
    }

    private void add(String line, int number) {
        var colon = line.indexOf(':');
        byte[] key;
        try {
            key = Base64.getDecoder().decode(line.substring(colon + 1).strip());
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (colon < 1 || key.length != KEY_BYTES) {
            throw new IllegalArgumentException("line " + number + " is no ID:BASE64 of " + KEY_BYTES + " bytes");
        }
        if (keys.put(line.substring(0, colon).strip(), new SecretKeySpec(key, "AES")) != null) {
            throw new IllegalArgumentException("line " + number + " has the id of another key");
        }
    }

    /** The id of the key that seals. */
    String sealingKey() {
        return keys.keySet().iterator().next();
    }

    /** @param place what it is sealed for; moved to another, it does not open */
    public Sealed seal(String place, String text) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = run(Cipher.ENCRYPT_MODE, sealingKey(), place, nonce, text.getBytes(StandardCharsets.UTF_8));
        return new Sealed(
                sealingKey(),
                ByteBuffer.allocate(nonce.length + sealed.length)
                        .put(nonce)
                        .put(sealed)
                        .array());
    }

    /** @throws IllegalStateException when the key is not here, or it was sealed for another place, or was tampered with */
    String open(String place, Sealed sealed) {
        var bytes = ByteBuffer.wrap(sealed.bytes());
        var nonce = new byte[NONCE_BYTES];
        bytes.get(nonce);
        var rest = new byte[bytes.remaining()];
        bytes.get(rest);
        return new String(run(Cipher.DECRYPT_MODE, sealed.keyId(), place, nonce, rest), StandardCharsets.UTF_8);
    }

    private byte[] run(int mode, String keyId, String place, byte[] nonce, byte[] input) {
        var key = keys.get(keyId);
        if (key == null) {
            throw new IllegalStateException("the key " + keyId + " that sealed a secret is not here");
        }
        try {
            var cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a secret does not open with key " + keyId, e);
        }
    }
}
