package io.parley.cli;

/** A command was not done; the message is one line for the operator. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final int NOT_DONE = 1;
    private static final int CALLED_WRONGLY = 2;
    private static final int NOT_RUNNING = 3;

    private final int exitCode;

    private CommandFailure(int exitCode, String line) {
        super(line);
        this.exitCode = exitCode;
    }

    static CommandFailure notDone(String line) {
        return new CommandFailure(NOT_DONE, line);
    }

    static CommandFailure wrongCall(String line) {
        return new CommandFailure(CALLED_WRONGLY, line);
    }

    static CommandFailure notRunning(String line) {
        return new CommandFailure(NOT_RUNNING, line);
    }

    /** What the process ends with. */
    int exitCode() {
        return exitCode;
    }

    /** What went wrong; never null. */
    String line() {
        return String.valueOf(getMessage());
    }
}
