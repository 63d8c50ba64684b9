package dev.centime.budget;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate that vouches for itself, for a server in tests. */
public final class SelfSigned {
    private static final String PASSWORD = "of-a-test";
    private static final String ALIAS = "server";

    private final KeyStore store;
    private final Path pem;

    private SelfSigned(KeyStore store, Path pem) {
        this.store = store;
        this.pem = pem;
    }

    /** Has the JDK make one. @param folder that its files may lie in */
    public static SelfSigned of(String host, Path folder) {
        try {
            var file = Files.createTempDirectory(folder, "certificate").resolve("server.p12");
            var made = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            file.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD,
                            "-alias",
                            ALIAS,
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-validity",
                            "2",
                            "-dname",
                            "CN=" + host,
                            "-ext",
                            "SAN=dns:" + host)
                    .inheritIO()
                    .start()
                    .waitFor();
            if (made != 0) {
                throw new IllegalStateException("keytool ended with " + made);
            }
            var store = KeyStore.getInstance(file.toFile(), PASSWORD.toCharArray());
            return new SelfSigned(store, Files.writeString(file.resolveSibling("server.pem"), pem(store)));
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String pem(KeyStore store) throws GeneralSecurityException {
        var lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(store.getCertificate(ALIAS).getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + lines + "\n-----END CERTIFICATE-----\n";
    }

    /** The certificate alone, as whoever trusts it names it. */
    public Path pem() {
        return pem;
    }

    /** For a server that shows it. */
    public SSLContext context() {
        try {
            var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, PASSWORD.toCharArray());
            var context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
