package io.parley.embedded;

/**
 * How full the embedded server is.
 *
 * <p>The application finds it in its servlet context under {@link #ATTRIBUTE}; in a container there is none. Thread-safe.
 */
public interface Occupancy {

    /** The attribute of the servlet context that holds it. */
    String ATTRIBUTE = Occupancy.class.getName();

    /** Connections that are no WebSockets. */
    int httpConnections();

    /** Connections that were cut off, since there were too many. */
    long refusedConnections();

    /** Memory taken by bodies that are not whole yet, in bytes. */
    long bodyBytes();

    /** Bodies that were refused for want of that memory. */
    long refusedBodies();
}
