package io.parley.store;

import io.parley.identity.UserId;
import io.parley.room.Entry;
import io.parley.room.ReadMark;
import io.parley.room.RoomId;
import io.parley.room.RoomInfo;
import io.parley.room.RoomLog;
import io.parley.room.RoomLogException;
import io.parley.room.RoomLogException.Fault;
import io.parley.room.RoomName;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The logs of all rooms in one SQLite database. Thread-safe, but for the transaction. */
final class SqliteRoomLog implements RoomLog {
    private final SqliteReaders readers;
    private final SqliteWriter writer;
    private final SqliteTransaction.Tables tables;
    private final SqliteTransaction.WhenCommitted whenCommitted;

    SqliteRoomLog(
            SqliteReaders readers,
            SqliteWriter writer,
            SqliteTransaction.Tables tables,
            SqliteTransaction.WhenCommitted whenCommitted) {
        this.readers = readers;
        this.writer = writer;
        this.tables = tables;
        this.whenCommitted = whenCommitted;
    }

    @Override
    public Optional<RoomInfo> find(RoomName name) {
        return readers.read(connection -> tables.rooms().byName(connection, name));
    }

    @Override
    public List<RoomInfo> publicRooms(Optional<RoomName> after, int limit) {
        String last = after.map(RoomName::value).orElse("");
        return readers.read(connection -> tables.rooms().publicAfter(connection, last, limit));
    }

    @Override
    public Page after(RoomId room, long after, int limit, int weight) {
        return page(room, (connection, info) -> {
            if (after >= info.head()) {
                return new Page(info, List.of(), false);
            }
            Some some = some(connection, EntryRows.AFTER, room, after, limit, weight);
            return new Page(info, some.entries, some.more);
        });
    }

    @Override
    public Messages messagesBefore(RoomId room, UserId reader, long before, int limit, int weight) {
        return page(room, (connection, info) -> MessagePages.before(connection, info, reader, before, limit, weight));
    }

    @Override
    public Optional<ThreadPage> thread(RoomId room, UserId reader, long root, long before, int limit, int weight) {
        return page(
                room, (connection, info) -> MessagePages.thread(connection, info, reader, root, before, limit, weight));
    }

    @Override
    public Map<RoomId, ReadMark> readMarks(UserId user) {
        return readers.read(connection -> MemberRows.marks(connection, user));
    }

    @Override
    public Map<RoomId, Long> mentions(UserId user, Map<RoomId, Long> after) {
        return readers.read(connection -> MemberRows.mentions(connection, user, after));
    }

    @Override
    public Transaction begin() {
        return new SqliteTransaction(writer, tables, whenCommitted);
    }

    @Override
    public void close() {
        close(() -> {});
    }

    /**
     * Lets nobody read or write any more, and does something once no transaction is open.
     *
     * @return whether that is done; if not, a commit hangs, and its thread does it
     */
    boolean close(Runnable afterTheLast) {
        readers.close();
        return writer.close(afterTheLast);
    }

    private <T> T page(RoomId room, Paging<T> paging) {
        Optional<T> page = readers.read(connection -> {
            Optional<RoomInfo> info = tables.rooms().byId(connection, room);
            return info.isPresent() ? Optional.of(paging.read(connection, info.get())) : Optional.empty();
        });
        return page.orElseThrow(() -> new RoomLogException(
                Fault.REJECTED, "a page could not be read", new IllegalArgumentException("no room " + room.value())));
    }

    /** Steps through rows until something is enough; the row that tells that there are more is not looked into. */
    private static Some some(SqliteConnection connection, String sql, RoomId room, long position, int limit, int weight)
            throws SQLException {
        PreparedStatement select = connection.prepared(sql);
        select.setLong(1, room.value());
        select.setLong(2, position);
        select.setLong(3, limit + 1L);
        List<Entry> entries = new ArrayList<>();
        long left = weight;
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                if (entries.size() >= limit) {
                    return new Some(entries, true);
                }
                Entry entry = EntryRows.read(rows);
                left -= entry.weight();
                if (left < 0 && !entries.isEmpty()) {
                    return new Some(entries, true);
                }
                entries.add(entry);
            }
        }
        return new Some(entries, false);
    }

    private record Some(List<Entry> entries, boolean more) {}

    private interface Paging<T> {
        T read(SqliteConnection connection, RoomInfo info) throws SQLException;
    }
}
