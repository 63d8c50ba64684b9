package dev.centime.budget.channel;

import dev.centime.budget.AlertDelivery;
import io.vertx.core.net.TrustOptions;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** Whose certificates are believed when a message is sent: those of the authorities that Java trusts, and those that the operator adds. */
@ApplicationScoped
public class Trust {
    private final Optional<TrustOptions> options;

    /** @throws IllegalStateException when the file that the operator names holds no certificates */
    public Trust(AlertDelivery settings) {
        this.options = settings.trustedCertificates()
                .filter(name -> !name.isBlank())
                .map(name -> TrustOptions.wrap(withThoseOf(Path.of(name))));
    }

    /** Empty where nothing was added: whoever connects then believes what Java does. */
    Optional<TrustOptions> options() {
        return options;
    }

    private static TrustManagerFactory withThoseOf(Path file) {
        try (var pem = Files.newInputStream(file)) {
            var added = CertificateFactory.getInstance("X.509").generateCertificates(pem);
            if (added.isEmpty()) {
                throw new IllegalStateException("there is no certificate in " + file);
            }
            var store = usual();
            int number = 0;
            for (var certificate : added) {
                store.setCertificateEntry("added-" + number++, certificate);
            }
            return managers(store);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("trusted certificates cannot be read from " + file + ": " + e, e);
        }
    }

    /** What Java trusts by itself. */
    private static KeyStore usual() throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        var authorities = Arrays.stream(managers(null).getTrustManagers())
                .filter(X509TrustManager.class::isInstance)
                .flatMap(manager -> Arrays.stream(((X509TrustManager) manager).getAcceptedIssuers()))
                .toList();
        for (int index = 0; index < authorities.size(); index++) {
            store.setCertificateEntry("usual-" + index, authorities.get(index));
        }
        return store;
    }

    private static TrustManagerFactory managers(@Nullable KeyStore store) throws GeneralSecurityException {
        var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return factory;
    }
}
