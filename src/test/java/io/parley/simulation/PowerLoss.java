package io.parley.simulation;

/** The machine stops in the middle of a commit. Immutable. */
final class PowerLoss extends Error {
    private static final long serialVersionUID = 1L;

    PowerLoss() {
        super("the power is gone", null, false, false);
    }
}
