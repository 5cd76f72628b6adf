package io.parley.embedded;

import io.parley.config.Settings;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.filterchain.FilterChainBuilder;
import org.glassfish.grizzly.filterchain.TransportFilter;
import org.glassfish.grizzly.http.CompressionConfig.CompressionMode;
import org.glassfish.grizzly.http.HttpCodecFilter;
import org.glassfish.grizzly.http.server.HttpServerFilter;
import org.glassfish.grizzly.http.server.NetworkListener;
import org.glassfish.grizzly.http.server.ServerConfiguration;
import org.glassfish.grizzly.nio.transport.TCPNIOTransport;
import org.glassfish.grizzly.nio.transport.TCPNIOTransportBuilder;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.threadpool.ThreadPoolConfig;

/** How Grizzly is set up: threads, buffers, and the bounds of a request. */
final class Wiring {

    /** Most bytes that one read takes from a socket. */
    static final int READ_BYTES = 16 * 1024;

    /** Most bytes of an answer that wait for a slow reader without keeping its servlet's thread waiting as well. */
    static final int PENDING_BYTES = 512 * 1024;

    private static final int HEADER_BYTES = 16 * 1024;
    private static final int HEADERS = 100;
    private static final int PARAMETERS = 100;
    private static final int FORM_BYTES = 64 * 1024;
    private static final int WORKERS_LEAST = 4;
    private static final int WORKERS_MOST = 64;
    private static final int BACKLOG = 1024;
    private static final int READ_SECONDS = 10;

    private Wiring() {}

    static NetworkListener listener(
            Settings settings,
            AcceptFilter doorway,
            BodyBudget bodies,
            WebSocketFilter webSockets,
            FramesFilter frames,
            IdleConnections idle) {
        NetworkListener listener = new NetworkListener("parley", settings.host(), settings.port());
        listener.setTransport(transport(settings, new Strategy(frames::carries)));
        listener.setMaxPendingBytes(PENDING_BYTES);
        listener.setMaxHttpHeaderSize(HEADER_BYTES);
        listener.setMaxRequestHeaders(HEADERS);
        listener.setMaxFormPostSize(FORM_BYTES);
        listener.setMaxBufferedPostSize(FORM_BYTES);
        listener.getFileCache().setEnabled(false);
        listener.getCompressionConfig().setCompressionMode(CompressionMode.OFF);
        listener.setDefaultErrorPageGenerator((request, status, reason, description, exception) -> "");
        settings.tls().ifPresent(tls -> {
            listener.setSecure(true);
            listener.setSSLEngineConfig(Secure.engines(tls, LiveKeys.LOOK_AGAIN));
        });
        listener.registerAddOn((owner, chain) -> {
            chain.set(chain.indexOfType(HttpCodecFilter.class), new PlainHttp(owner));
            idle.install(chain);
            int tls = chain.indexOfType(SSLBaseFilter.class);
            if (tls >= 0) {
                frames.isBehind((SSLBaseFilter) chain.get(tls));
            }
            chain.add(chain.indexOfType(TransportFilter.class) + 1, doorway);
            insert(chain, webSockets, new BodyFilter(bodies));
        });
        return listener;
    }

    static void configure(ServerConfiguration configuration, RequestProbe probe) {
        configuration.getMonitoringConfig().getWebServerConfig().addProbes(probe);
        configuration.setName("parley");
        configuration.setHttpServerName(null);
        configuration.setPassTraceRequest(false);
        configuration.setJmxEnabled(false);
        configuration.setMaxRequestParameters(PARAMETERS);
        configuration.setDefaultErrorPageGenerator((request, status, reason, description, exception) -> "");
    }

    static InetSocketAddress boundAddress(NetworkListener listener) {
        return new InetSocketAddress(listener.getHost(), listener.getPort());
    }

    private static void insert(FilterChainBuilder chain, WebSocketFilter webSockets, BodyFilter bodies) {
        int servlets = chain.indexOfType(HttpServerFilter.class);
        chain.add(servlets, bodies);
        chain.add(servlets, webSockets);
        chain.add(servlets, new AddressFilter());
    }

    private static TCPNIOTransport transport(Settings settings, Strategy strategy) {
        TCPNIOTransport transport = TCPNIOTransportBuilder.newInstance()
                .setIOStrategy(strategy)
                .setWorkerThreadPoolConfig(pool("parley-http", WORKERS_LEAST, WORKERS_MOST))
                .setSelectorThreadPoolConfig(selectors())
                .setServerConnectionBackLog(BACKLOG)
                .setTcpNoDelay(true)
                .setReuseAddress(true)
                .setReadBufferSize(READ_BYTES)
                .build();
        transport.setReadTimeout(READ_SECONDS, TimeUnit.SECONDS);
        transport.setWriteTimeout(settings.limits().writeTimeoutSeconds(), TimeUnit.SECONDS);
        return transport;
    }

    private static ThreadPoolConfig selectors() {
        int cores = Runtime.getRuntime().availableProcessors();
        return pool("parley-select", cores, cores);
    }

    private static ThreadPoolConfig pool(String name, int least, int most) {
        return ThreadPoolConfig.defaultConfig()
                .copy()
                .setPoolName(name)
                .setCorePoolSize(least)
                .setMaxPoolSize(most)
                .setDaemon(true);
    }
}
