package io.parley.simulation;

import java.util.List;
import java.util.function.Consumer;

/**
 * One thing that a visitor who is there may do: the list to add to. Immutable.
 *
 * @param weight how often it is done, compared with others
 */
record Move(int weight, Consumer<Visitor> act) {
    private static final int LONGEST_BURST = 4;
    private static final int FURTHEST_BACK = 8;

    private static final List<Move> ALL = List.of(
            new Move(24, Move::post),
            new Move(
                    5,
                    visitor ->
                            visitor.joinNewest(room(visitor), visitor.schedule().below(6))),
            new Move(
                    5,
                    visitor -> visitor.resume(room(visitor), visitor.schedule().below(FURTHEST_BACK))),
            new Move(2, visitor -> visitor.leave(room(visitor))),
            new Move(2, Visitor::hangUp),
            new Move(3, Move::stallOrReadOn),
            new Move(2, Visitor::sendAgain),
            new Move(
                    4,
                    visitor -> visitor.amend(
                            "edit", ",'text':'e" + visitor.schedule().below(1_000) + "'")),
            new Move(2, visitor -> visitor.amend("delete", "")),
            new Move(4, Move::react),
            new Move(1, visitor -> visitor.ask("'do':'history','room':'lobby','before':9,'limit':5", ok -> {})),
            new Move(1, visitor -> visitor.read(room(visitor), "'after':3,'limit':5", "entries")),
            new Move(1, visitor -> visitor.ask("'do':'who','room':'" + room(visitor) + "'", ok -> {})),
            new Move(1, visitor -> visitor.ask("'do':'open','room':'" + Simulation.LATE_ROOM + "'", ok -> {})),
            new Move(1, Move::rename));
    private static final int WEIGHT = ALL.stream().mapToInt(Move::weight).sum();

    /** The next one, by chance. */
    static Move any(Schedule schedule) {
        int place = schedule.below(WEIGHT);
        for (Move move : ALL) {
            place -= move.weight;
            if (place < 0) {
                return move;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    void make(Visitor visitor) {
        act.accept(visitor);
    }

    private static void post(Visitor visitor) {
        String room = room(visitor);
        for (int posts = visitor.schedule().below(LONGEST_BURST); posts >= 0; posts--) {
            visitor.post(room);
        }
    }

    private static void stallOrReadOn(Visitor visitor) {
        Link link = visitor.link();
        if (link != null) {
            link.transport().stall(!link.transport().isStalled());
        }
    }

    private static void react(Visitor visitor) {
        Schedule schedule = visitor.schedule();
        visitor.ask(
                "'do':'react','room':'" + room(visitor) + "','seq':" + (1 + schedule.below(12)) + ",'emoji':'"
                        + schedule.oneOf("👍", "🎉") + "','on':" + schedule.oneOf(true, true, false),
                ok -> {});
    }

    private static void rename(Visitor visitor) {
        String name = "N" + visitor.schedule().below(1_000_000);
        visitor.ask("'do':'name','name':'" + name + "'", ok -> {});
    }

    private static String room(Visitor visitor) {
        return Simulation.ROOMS.get(visitor.schedule().below(Simulation.ROOMS.size()));
    }
}
