package io.parley.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for 127.0.0.1 with its key, made by the JDK's own keytool, in all the forms that Parley reads. Stateless. */
public final class Keys {
    static final String PASSWORD = "a password, with comma";

    private static final String PEM = "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n";

    private final Path folder;
    private final KeyStore store;

    private Keys(Path folder, KeyStore store) {
        this.folder = folder;
        this.store = store;
    }

    /**
     * Makes them in a folder: {@code keys.p12}, {@code certificate.pem}, {@code key.pem}; what is there is replaced.
     *
     * @param algorithm RSA or EC
     * @param owner what tells this certificate from others
     */
    public static Keys make(Path folder, String algorithm, String owner) throws Exception {
        Path keystore = folder.resolve("keys.p12");
        Files.deleteIfExists(keystore);
        Process keytool = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        algorithm,
                        "-dname",
                        "CN=" + owner,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        "server"))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException(said);
        }
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        Keys keys = new Keys(folder, store);
        Certificate certificate = store.getCertificate("server");
        Files.writeString(keys.certificate(), "Some words.\n" + pem("CERTIFICATE", certificate.getEncoded()));
        byte[] key = store.getKey("server", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(keys.key(), pem("PRIVATE KEY", key));
        return keys;
    }

    Path keystore() {
        return folder.resolve("keys.p12");
    }

    Path certificate() {
        return folder.resolve("certificate.pem");
    }

    Path key() {
        return folder.resolve("key.pem");
    }

    /** For a client that trusts this certificate and no other. */
    public SSLContext trusting() throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", store.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    /** For a server that shows this certificate. */
    public SSLContext showing() throws GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static String pem(String what, byte[] content) {
        return PEM.formatted(what, Base64.getMimeEncoder().encodeToString(content));
    }
}
