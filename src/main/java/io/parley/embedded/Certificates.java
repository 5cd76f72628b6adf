package io.parley.embedded;

import io.parley.config.StartFailure;
import io.parley.config.Tls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;

/** Reads a certificate and its key; what is wrong with the files is said in one line. Stateless. */
final class Certificates {
    private static final int MOST_BYTES = 1 << 20;
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]*)PRIVATE KEY-----([^-]*)-----END \\1PRIVATE KEY-----");
    private static final List<String> ALGORITHMS = List.of("RSA", "EC");
    private static final String ALIAS = "parley";

    private Certificates() {}

    /** @throws StartFailure when a file cannot be read, is of another form, or the key is another certificate's */
    static X509ExtendedKeyManager read(Tls tls) {
        if (tls instanceof Tls.Pem pem) {
            return pem(pem);
        }
        if (tls instanceof Tls.Pkcs12 pkcs12) {
            return pkcs12(pkcs12);
        }
        throw new IllegalStateException("no rule for " + tls.getClass());
    }

    private static X509ExtendedKeyManager pem(Tls.Pem tls) {
        Certificate[] chain = chain(tls.certificate());
        PrivateKey key = key(tls.key());
        if (!belongTogether(key, chain[0].getPublicKey())) {
            throw new StartFailure("parley.tls.key: the key in " + tls.key()
                    + " is not that of the first certificate in " + tls.certificate());
        }
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry(ALIAS, key, new char[0], chain);
            return manager(store, new char[0]);
        } catch (GeneralSecurityException | IOException e) {
            throw new StartFailure(
                    "parley.tls.certificate: " + tls.certificate() + " cannot be used: " + e.getMessage(), e);
        }
    }

    private static Certificate[] chain(Path file) {
        byte[] text = bytes("parley.tls.certificate", file);
        if (!new String(text, StandardCharsets.ISO_8859_1).contains("-----BEGIN CERTIFICATE-----")) {
            throw new StartFailure("parley.tls.certificate: there is no certificate in " + file
                    + "; it must have -----BEGIN CERTIFICATE-----");
        }
        try {
            Collection<? extends Certificate> chain =
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(text));
            return chain.toArray(new Certificate[0]);
        } catch (GeneralSecurityException e) {
            throw new StartFailure(
                    "parley.tls.certificate: " + file + " holds what is no certificate: " + e.getMessage(), e);
        }
    }

    private static PrivateKey key(Path file) {
        Matcher block = KEY.matcher(new String(bytes("parley.tls.key", file), StandardCharsets.ISO_8859_1));
        if (!block.find()) {
            throw new StartFailure(
                    "parley.tls.key: there is no key in " + file + "; it must have -----BEGIN PRIVATE KEY-----");
        }
        if (!block.group(1).isEmpty()) {
            throw new StartFailure("parley.tls.key: %s is a %sPRIVATE KEY, and must be PKCS#8, not encrypted:"
                            .formatted(file, block.group(1))
                    + " openssl pkcs8 -topk8 -nocrypt -in %s -out NEW-FILE".formatted(file));
        }
        try {
            PKCS8EncodedKeySpec bare =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(block.group(2)));
            for (String algorithm : ALGORITHMS) {
                Optional<PrivateKey> key = key(algorithm, bare);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new StartFailure("parley.tls.key: the key in " + file + " cannot be read: " + e.getMessage(), e);
        }
        throw new StartFailure("parley.tls.key: the key in " + file + " is damaged, or neither RSA nor EC");
    }

    /** The key, or empty when it is of another algorithm or of none. */
    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec bare)
            throws NoSuchAlgorithmException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(bare));
        } catch (InvalidKeySpecException another) {
            return Optional.empty();
        }
    }

    private static boolean belongTogether(PrivateKey key, PublicKey certified) {
        try {
            Signature signature =
                    Signature.getInstance("SHA256with" + (key.getAlgorithm().equals("EC") ? "ECDSA" : "RSA"));
            byte[] anything = "anything".getBytes(StandardCharsets.UTF_8);
            signature.initSign(key);
            signature.update(anything);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(anything);
            return signature.verify(signed);
        } catch (GeneralSecurityException another) {
            return false;
        }
    }

    private static X509ExtendedKeyManager pkcs12(Tls.Pkcs12 tls) {
        char[] password = tls.password().toCharArray();
        try (InputStream in = new ByteArrayInputStream(bytes("parley.tls.keystore", tls.keystore()))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(in, password);
            for (String alias : Collections.list(store.aliases())) {
                if (store.isKeyEntry(alias)) {
                    return manager(store, password);
                }
            }
        } catch (GeneralSecurityException | IOException e) {
            throw new StartFailure(
                    "parley.tls.keystore: %s cannot be opened; it must be PKCS#12, and parley.tls.password its password (%s)"
                            .formatted(tls.keystore(), e.getMessage()),
                    e);
        }
        throw new StartFailure("parley.tls.keystore: there is no key in " + tls.keystore());
    }

    private static X509ExtendedKeyManager manager(KeyStore store, char[] password) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, password);
        for (KeyManager manager : factory.getKeyManagers()) {
            if (manager instanceof X509ExtendedKeyManager known) {
                return known;
            }
        }
        throw new IllegalStateException("every Java platform has key managers for X.509");
    }

    private static byte[] bytes(String setting, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(MOST_BYTES);
        } catch (NoSuchFileException e) {
            throw new StartFailure(setting + ": there is no file " + file, e);
        } catch (AccessDeniedException e) {
            throw new StartFailure(setting + ": this user may not read " + file, e);
        } catch (IOException e) {
            throw new StartFailure(setting + ": " + file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
