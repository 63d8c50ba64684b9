package dev.centime.gateway.door;

import dev.centime.gateway.GatewaySettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import org.jboss.logging.Logger;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/**
 * The key that tokens are signed with (ES256), kept in a file that only its owner reads, as a private JWK. Replicas that share
 * the file share the key.
 */
@ApplicationScoped
public class SigningKey {
    private static final Logger LOG = Logger.getLogger(SigningKey.class);

    private final PublicJsonWebKey key;

    SigningKey(GatewaySettings settings) {
        this.key = read(settings.signingKey());
    }

    String id() {
        return key.getKeyId();
    }

    PrivateKey privateKey() {
        return key.getPrivateKey();
    }

    /** What the services verify by: public parts only. */
    public String jwks() {
        return new JsonWebKeySet(key).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    private static PublicJsonWebKey read(Path file) {
        try {
            if (Files.notExists(file)) {
                create(file);
            }
            warnIfOthersRead(file);
            return PublicJsonWebKey.Factory.newPublicJwk(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("the signing key " + file + " cannot be read or made", e);
        } catch (JoseException e) {
            throw new IllegalStateException("the signing key " + file + " is no private JWK", e);
        }
    }

    /** Written beside and linked into place, which fails when another replica was first: then its key is the one. */
    private static void create(Path file) throws IOException, JoseException {
        var folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var made = Files.createTempFile(folder, file.getFileName().toString(), ".new", ownerOnly);
        try {
            Files.writeString(made, generate().toJson(OutputControlLevel.INCLUDE_PRIVATE));
            Files.createLink(file, made);
        } catch (FileAlreadyExistsException e) {
            LOG.debug("another replica has made the signing key");
        } finally {
            Files.delete(made);
        }
    }

    private static EllipticCurveJsonWebKey generate() throws JoseException {
        var key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setAlgorithm("ES256");
        key.setUse("sig");
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        return key;
    }

    private static void warnIfOthersRead(Path file) throws IOException {
        var permissions = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        if (!permissions.endsWith("------")) {
            LOG.warnf("others than its owner may use the signing key %s (%s)", file, permissions);
        }
    }
}
