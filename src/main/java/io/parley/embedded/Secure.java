package io.parley.embedded;

import io.parley.config.Tls;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/** TLS 1.2 and 1.3, as the JDK does them. Stateless. */
final class Secure {
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private Secure() {}

    /** @throws io.parley.config.StartFailure when the files are no good */
    static SSLEngineConfigurator engines(Tls tls, Duration lookAgain) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {new LiveKeys(tls, lookAgain)}, null, null);
            return new SSLEngineConfigurator(context, false, false, false).setEnabledProtocols(PROTOCOLS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has TLS", e);
        }
    }
}
