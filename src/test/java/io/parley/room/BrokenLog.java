package io.parley.room;

import io.parley.identity.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A log on a disk that is gone. Stateless. */
final class BrokenLog implements RoomLog {
    @Override
    public Optional<RoomInfo> find(RoomName name) {
        throw gone();
    }

    @Override
    public List<RoomInfo> publicRooms(Optional<RoomName> after, int limit) {
        throw gone();
    }

    @Override
    public Page after(RoomId room, long after, int limit, int weight) {
        throw gone();
    }

    @Override
    public Messages messagesBefore(RoomId room, UserId reader, long before, int limit, int weight) {
        throw gone();
    }

    @Override
    public Optional<ThreadPage> thread(RoomId room, UserId reader, long root, long before, int limit, int weight) {
        throw gone();
    }

    @Override
    public Map<RoomId, ReadMark> readMarks(UserId user) {
        throw gone();
    }

    @Override
    public Map<RoomId, Long> mentions(UserId user, Map<RoomId, Long> after) {
        throw gone();
    }

    @Override
    public Transaction begin() {
        throw gone();
    }

    @Override
    public void close() {}

    private static RoomLogException gone() {
        return new RoomLogException(RoomLogException.Fault.UNAVAILABLE, "the disk is gone", new Exception());
    }
}
