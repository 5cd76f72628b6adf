package io.parley.embedded;

import io.parley.config.Limits;
import io.parley.config.Network;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.glassfish.grizzly.CloseListener;
import org.glassfish.grizzly.CloseType;
import org.glassfish.grizzly.Closeable;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.Grizzly;
import org.glassfish.grizzly.attributes.Attribute;
import org.glassfish.grizzly.filterchain.BaseFilter;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.filterchain.NextAction;
import org.jspecify.annotations.Nullable;

/**
 * Cuts off a connection for which there is no place, as soon as it is accepted: before it is read from, and before TLS.
 *
 * <p>A silent connection costs some 10 kB and a file descriptor, whoever is behind it. Thread-safe.
 */
final class AcceptFilter extends BaseFilter {

    private static final Logger LOG = System.getLogger(AcceptFilter.class.getName());

    /** Whoever floods the server shall not flood its log. */
    private static final long SAY_AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final Attribute<Places.@Nullable Place> place =
            Grizzly.DEFAULT_ATTRIBUTE_BUILDER.createAttribute(AcceptFilter.class.getName());
    private final Places places;
    private final List<Network> proxies;
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong said = new AtomicLong(System.nanoTime() - SAY_AGAIN_NANOS);

    /** @param proxies who come for many, and are bounded together with all others only */
    AcceptFilter(Limits limits, List<Network> proxies) {
        places = new Places(limits);
        this.proxies = List.copyOf(proxies);
    }

    @Override
    public NextAction handleAccept(FilterChainContext ctx) {
        Connection<?> connection = ctx.getConnection();
        if (!(connection.getPeerAddress() instanceof InetSocketAddress peer)) {
            // It is gone already.
            connection.terminateSilently();
            return ctx.getStopAction();
        }
        Optional<Places.Place> taken =
                places.take(peer.getAddress(), proxies.stream().anyMatch(proxy -> proxy.contains(peer.getAddress())));
        if (taken.isEmpty()) {
            refused.incrementAndGet();
            say(peer);
            connection.terminateSilently();
            return ctx.getStopAction();
        }
        place.set(connection, taken.get());
        connection.addCloseListener((CloseListener<Closeable, CloseType>)
                (closed, how) -> taken.get().giveBack());
        return ctx.getInvokeAction();
    }

    /** A WebSocket has other bounds. */
    void upgraded(Connection<?> connection) {
        Places.Place taken = place.get(connection);
        if (taken != null) {
            taken.upgraded();
        }
    }

    /** How many connections are no WebSockets. */
    int plain() {
        return places.plain();
    }

    /** How many were cut off. */
    long refused() {
        return refused.get();
    }

    private void say(InetSocketAddress peer) {
        long now = System.nanoTime();
        long last = said.get();
        if (now - last >= SAY_AGAIN_NANOS && said.compareAndSet(last, now)) {
            LOG.log(
                    Level.WARNING,
                    "too many connections: one from {0} was cut off; {1} so far",
                    peer.getAddress().getHostAddress(),
                    refused.get());
        }
    }
}
