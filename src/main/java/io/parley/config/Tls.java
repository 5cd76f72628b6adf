package io.parley.config;

import java.nio.file.Path;
import java.util.List;

/** By what the embedded server shows who it is. Immutable. */
public sealed interface Tls {

    /** The files that it is read from, again whenever one of them changes. */
    List<Path> files();

    /**
     * A certificate with those that vouch for it, and its key, in PEM.
     *
     * @param key PKCS#8, not encrypted
     */
    record Pem(Path certificate, Path key) implements Tls {
        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }
    }

    /** Both in one file, PKCS#12. */
    record Pkcs12(Path keystore, String password) implements Tls {
        @Override
        public List<Path> files() {
            return List.of(keystore);
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Pkcs12[" + keystore + "]";
        }
    }
}
