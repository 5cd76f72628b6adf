package io.parley.simulation;

import io.parley.delivery.CloseReason;
import io.parley.delivery.Connection;
import io.parley.delivery.Frame;
import io.parley.delivery.Transport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket whose writes end when the schedule says so. Confined to the simulation's thread.
 *
 * <p>It holds delivery to what {@link Transport} promises. A frame is with the client once its write has ended, or by luck when the
 * socket was lost meanwhile.
 */
final class SimulatedTransport implements Transport {
    private final Schedule schedule;
    private final Consumer<Frame> shown;
    private final Consumer<Frame> received;
    private final Runnable lost;
    private final int endsAtOnceOneIn;
    private @Nullable Connection connection;
    private @Nullable Frame frame;
    private @Nullable Completion underWay;
    private boolean stalled;
    private boolean closed;
    private boolean over;

    /**
     * @param shown hears of every frame as soon as it is handed out
     * @param received hears of every frame that reaches the client
     * @param lost hears once that the socket is gone
     */
    SimulatedTransport(Schedule schedule, Consumer<Frame> shown, Consumer<Frame> received, Runnable lost) {
        this.schedule = schedule;
        this.shown = shown;
        this.received = received;
        this.lost = lost;
        endsAtOnceOneIn = schedule.oneOf(1, 2, 5, 1_000);
    }

    void belongsTo(Connection known) {
        connection = known;
    }

    Lane lane(String name, int weight) {
        return new Lane(name, weight, 1, () -> underWay != null && (!stalled || over), () -> end(!over));
    }

    void stall(boolean stops) {
        stalled = stops;
    }

    boolean isStalled() {
        return stalled;
    }

    @Override
    public void write(Frame next, Completion completion) {
        schedule.require(underWay == null, "a write was begun while another is under way");
        schedule.require(!closed, "a write was begun after closing");
        shown.accept(next);
        frame = next;
        underWay = completion;
        if (!stalled && schedule.oneIn(endsAtOnceOneIn)) {
            end(!over);
        }
    }

    @Override
    public boolean ping(Completion completion) {
        schedule.require(underWay == null, "a ping was sent while a write is under way");
        if (schedule.oneIn(5)) {
            return false;
        }
        frame = null;
        underWay = completion;
        if (!stalled && schedule.oneIn(endsAtOnceOneIn)) {
            end(!over);
        }
        return true;
    }

    @Override
    public void close(CloseReason reason) {
        schedule.require(!closed, "closed twice");
        schedule.require(reason.code() != CloseReason.INTERNAL.code() || over, "closed for an internal error");
        schedule.tell("the server closes: " + reason.code());
        closed = true;
        hangUp();
    }

    /** The socket is lost. */
    void hangUp() {
        if (over) {
            return;
        }
        Frame last = frame;
        if (last != null && schedule.oneIn(2)) {
            received.accept(last);
        }
        over = true;
        lost.run();
        Connection known = connection;
        if (known != null) {
            known.closed();
        }
    }

    /** The server is no more: nobody hears of anything. */
    void cut() {
        if (!over) {
            over = true;
            underWay = null;
            lost.run();
        }
    }

    private void end(boolean ok) {
        Completion completion = underWay;
        Frame written = frame;
        underWay = null;
        frame = null;
        if (completion == null) {
            return;
        }
        if (ok && written != null) {
            received.accept(written);
        } else if (ok) {
            answerPing();
        }
        completion.written(ok);
    }

    private void answerPing() {
        Connection known = connection;
        if (known != null) {
            known.alive();
        }
    }
}
