package io.parley.simulation;

import io.parley.room.RoomLogException;

/** What goes wrong with the log, and how often. Confined to the simulation's thread. */
final class Faults {
    private final Schedule schedule;
    private int oneIn;
    private boolean powerLost;

    /** @param oneIn a call in so many goes wrong; 0 for none */
    Faults(Schedule schedule, int oneIn) {
        this.schedule = schedule;
        this.oneIn = oneIn;
    }

    /** From now on nothing goes wrong. */
    void cease() {
        oneIn = 0;
    }

    /** Whether the machine has stopped since it was asked last. */
    boolean takePowerLoss() {
        boolean lost = powerLost;
        powerLost = false;
        return lost;
    }

    void atReading() {
        if (strikes(3)) {
            throw fault(RoomLogException.Fault.UNAVAILABLE, "the log cannot be read");
        }
    }

    void beforeCommit() {
        if (strikes(1)) {
            losePowerAtTimes();
            throw schedule.oneIn(2)
                    ? fault(RoomLogException.Fault.UNAVAILABLE, "the log takes no writes")
                    : fault(RoomLogException.Fault.UNKNOWN, "a commit came to nothing, unheard");
        }
    }

    void afterCommit() {
        if (strikes(1)) {
            losePowerAtTimes();
            throw fault(RoomLogException.Fault.UNKNOWN, "a commit was done, unheard");
        }
    }

    private boolean strikes(int rarer) {
        return oneIn > 0 && schedule.oneIn(oneIn * rarer);
    }

    private void losePowerAtTimes() {
        if (schedule.oneIn(4)) {
            powerLost = true;
            schedule.tell("the power is lost in a commit");
            throw new PowerLoss();
        }
    }

    private RoomLogException fault(RoomLogException.Fault kind, String what) {
        schedule.tell(what);
        return new RoomLogException(kind, what, new IllegalStateException("made by the schedule"));
    }
}
