package io.parley.store;

import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's errors mean to the committer; the one place that knows. Stateless. */
final class Faults {
    private static final int PRIMARY_CODE = 0xFF;

    private Faults() {}

    /** For whatever failed before a commit was asked for. */
    static RoomLogException of(String what, SQLException e) {
        return new RoomLogException(fault(e), what, e);
    }

    /** For a commit that failed and may have been written nevertheless. */
    static RoomLogException unknown(SQLException e) {
        return new RoomLogException(Fault.UNKNOWN, "a commit failed, and nothing was left to roll back", e);
    }

    /**
     * Whose fault it was.
     *
     * <p>Only what names one row's data is the row's fault. All else, from a full disk to a closed connection, would meet every write.
     */
    static Fault fault(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        return isConstraint(e)
                        || code == SQLiteErrorCode.SQLITE_TOOBIG.code
                        || code == SQLiteErrorCode.SQLITE_MISMATCH.code
                        || code == SQLiteErrorCode.SQLITE_RANGE.code
                        || code == SQLiteErrorCode.SQLITE_ERROR.code
                ? Fault.REJECTED
                : Fault.UNAVAILABLE;
    }

    /** Whether a row broke a rule of its table, which leaves statement and connection as good as before. */
    static boolean isConstraint(SQLException e) {
        return (e.getErrorCode() & PRIMARY_CODE) == SQLiteErrorCode.SQLITE_CONSTRAINT.code;
    }
}
