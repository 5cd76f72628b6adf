package io.parley.embedded;

import io.parley.config.Limits;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the open connections, in all and of each address. Thread-safe.
 *
 * <p>There are so many places for those that are no WebSocket, or not yet; and beside them as many as there may be WebSockets. One that the
 * application lets go at once, since it has too many, keeps its place until it is closed.
 */
final class Places {

    private final int most;
    private final int mostOfOne;
    private final int mostPlain;
    private final int mostPlainOfOne;
    private final Map<InetAddress, Count> ofEach = new HashMap<>();
    private final Count all = new Count();

    Places(Limits limits) {
        mostPlain = limits.httpConnections();
        mostPlainOfOne = limits.httpConnectionsPerAddress();
        most = mostPlain + limits.connections();
        mostOfOne = mostPlainOfOne + limits.connectionsPerAddress();
    }

    /**
     * Takes a place for a connection that was accepted; empty when there is none.
     *
     * @param manyBehind whether the address is no client's own, so that it has no bounds of its own
     */
    synchronized Optional<Place> take(InetAddress address, boolean manyBehind) {
        Count own = ofEach.getOrDefault(address, new Count());
        boolean full = all.plain >= mostPlain || all.open >= most;
        if (full || (!manyBehind && (own.plain >= mostPlainOfOne || own.open >= mostOfOne))) {
            return Optional.empty();
        }
        ofEach.put(address, own);
        for (Count count : new Count[] {all, own}) {
            count.plain++;
            count.open++;
        }
        return Optional.of(new Place(address, own));
    }

    /** How many connections are no WebSockets. */
    synchronized int plain() {
        return all.plain;
    }

    /** Confined to whoever has the lock of all places. */
    private static final class Count {
        private int plain;
        private int open;
    }

    /** What one connection takes up. Thread-safe. */
    final class Place {

        private final InetAddress address;
        private final Count own;
        private boolean plain = true;
        private boolean open = true;

        private Place(InetAddress address, Count own) {
            this.address = address;
            this.own = own;
        }

        /** It is a WebSocket from now on. */
        void upgraded() {
            synchronized (Places.this) {
                if (plain) {
                    plain = false;
                    all.plain--;
                    own.plain--;
                }
            }
        }

        /** It is closed; said again, changes nothing. */
        void giveBack() {
            synchronized (Places.this) {
                if (open) {
                    upgraded();
                    open = false;
                    all.open--;
                    own.open--;
                    if (own.open == 0) {
                        ofEach.remove(address);
                    }
                }
            }
        }
    }
}
