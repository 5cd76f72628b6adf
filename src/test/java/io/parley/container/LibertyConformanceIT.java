package io.parley.container;

import io.parley.conformance.QuietConformance;
import io.parley.conformance.Server;
import io.parley.conformance.Suite;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The suite on the packaged WAR in Open Liberty. */
@Tag("liberty")
class LibertyConformanceIT implements Suite, QuietConformance {
    @RegisterExtension
    static final LibertyServer LIBERTY = new LibertyServer(SETTINGS);

    private final Server server = new Server(LIBERTY.address());

    @Override
    public Server server() {
        return server;
    }

    /** Liberty says no as soon as it has read how long the frame is to be. */
    @Override
    public int takenOfAHugeFrame() {
        return 0;
    }

    @Test
    @Override
    public void anUnmaskedFrameIsAProtocolError() {
        Assumptions.abort("Liberty takes frames without a mask, and no application sees a frame");
    }

    @Test
    @Override
    public void fragmentsTogetherAreNotLongerThanFrameBytesEither() {
        Assumptions.abort("Liberty keeps to no limit while a message comes; Parley closes when it is whole");
    }
}
