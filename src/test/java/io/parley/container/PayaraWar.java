package io.parley.container;

import java.net.URI;
import java.util.Map;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** {@code target/parley.war}, to be deployed in the Payara Micro of the tests. Stateless. */
final class PayaraWar {
    private PayaraWar() {}

    static WebArchive with(Map<String, String> settings) {
        return PackagedWar.inFolderOf("payara", settings);
    }

    /** Where it is deployed. Payara Micro tells another address of the machine than the one on which it listens here. */
    static URI base() {
        return URI.create("http://127.0.0.1:" + System.getProperty("test.payara.port") + "/parley/");
    }
}
