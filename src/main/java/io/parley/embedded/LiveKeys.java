package io.parley.embedded;

import io.parley.config.StartFailure;
import io.parley.config.Tls;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.nio.file.Path;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * The certificate of the moment: read again when its files change, for the handshakes to come. Thread-safe.
 *
 * <p>Handshakes look at the files, at most once in a while; connections that are open keep what they have. Files that are no good are logged once,
 * and what was read last goes on. An alias that a handshake has chosen carries the number of its reading, so that it finds its own key.
 */
final class LiveKeys extends X509ExtendedKeyManager {
    private static final Logger LOG = System.getLogger(LiveKeys.class.getName());

    /** How often the files are looked at, at most. */
    static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Tls tls;
    private final long patienceNanos;
    private final ReentrantLock looking = new ReentrantLock();
    private volatile Reading current;

    // Both belong to whoever holds the lock.
    private String stamps;
    private long looked = System.nanoTime();

    private record Reading(
            int number,
            X509ExtendedKeyManager keys,
            @Nullable Reading before) {}

    /** @throws StartFailure when the files are no good */
    LiveKeys(Tls tls, Duration patience) {
        this.tls = tls;
        this.patienceNanos = patience.toNanos();
        this.stamps = stamps(tls);
        this.current = new Reading(0, Certificates.read(tls), null);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(String type, Principal @Nullable [] issuers, SSLEngine engine) {
        look();
        Reading reading = current;
        @Nullable String alias = reading.keys.chooseEngineServerAlias(type, issuers, engine);
        return alias == null ? null : reading.number + ":" + alias;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        return reading(alias).keys.getCertificateChain(bare(alias));
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        return reading(alias).keys.getPrivateKey(bare(alias));
    }

    @Override
    public String @Nullable [] getServerAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseServerAlias(String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    @Override
    public String @Nullable [] getClientAliases(String type, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(String[] type, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }

    /** One handshake looks; those beside it take what there is. */
    private void look() {
        if (!looking.tryLock()) {
            return;
        }
        try {
            long now = System.nanoTime();
            if (now - looked < patienceNanos) {
                return;
            }
            looked = now;
            String seen = stamps(tls);
            if (!seen.equals(stamps)) {
                stamps = seen;
                Reading before = current;
                current = new Reading(
                        before.number + 1, Certificates.read(tls), new Reading(before.number, before.keys, null));
                LOG.log(Level.INFO, "the certificate was read again");
            }
        } catch (StartFailure e) {
            LOG.log(Level.WARNING, "the certificate stays as it was: {0}", e.line());
        } finally {
            looking.unlock();
        }
    }

    /** The reading that an alias was chosen in; only the last but one may be asked for still. */
    private Reading reading(String alias) {
        Reading now = current;
        Reading before = now.before;
        return before != null && alias.startsWith(before.number + ":") ? before : now;
    }

    private static String bare(String alias) {
        return alias.substring(alias.indexOf(':') + 1);
    }

    private static String stamps(Tls tls) {
        StringBuilder stamps = new StringBuilder();
        for (Path file : tls.files()) {
            stamps.append(file.toFile().lastModified())
                    .append('/')
                    .append(file.toFile().length())
                    .append(' ');
        }
        return stamps.toString();
    }
}
