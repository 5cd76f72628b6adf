package io.parley.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A bug put into the source of one production class: what it must be held against is found in a copy, compiled apart. Immutable.
 *
 * @param type the class, relative to {@code io.parley}
 */
record Mutant(String name, String type, List<Change> changes) {
    private static final Path SOURCES = Path.of("src/main/java/io/parley");

    /** The bugs that every run of the simulation is held against. */
    static final List<Mutant> ALL = List.of(
            of("publish before commit", "room.Committer")
                    .with("transaction.commit();", "group.publish(); transaction.commit();")
                    .with("lookAgain();\n            group.publish();", "lookAgain();"),
            of("lost wake-up: told once and never again", "delivery.RoomReaders")
                    .with("woken.set(false);", ""),
            of("lost wake-up: a page arrives and nobody is woken", "delivery.CatchUp")
                    .with("reader.outbox.wake(reader);", ""),
            of("lost wake-up: a write ends and nothing goes on", "delivery.Outbox")
                    .with("done(ok);\n                serve();", "done(ok);"),
            of("lost wake-up: a pause that nobody ends", "delivery.Worker").with("passes.addLast(next.readers);", ""),
            of("tail overrun", "room.Tail").with("resize(2 * ring.length);", ""),
            of("double completion: a write ends twice", "delivery.Outbox")
                    .with("done(ok);\n                serve();", "done(ok); worker.execute(() -> done(ok)); serve();"),
            of("double completion: an answer is given twice", "delivery.Connection")
                    .with(
                            "if (goOn) {",
                            "outbox.reply(dialogue.encode(request, result.reply()), () -> {});\nif (goOn) {"),
            of("cursor skip: past what the batch holds", "delivery.RoomReaders")
                    .with("reader.cursor = batch.to();", "reader.cursor = Math.max(batch.to(), room.head());"),
            of("lost wake-up: a poll that has been given something goes on waiting", "transport.events.Poll")
                    .with("|| news.values().stream().anyMatch(RoomNews::isSomething)", ""),
            of("cursor skip: a poll is sent on past a batch that it was not given", "transport.events.RoomNews")
                    .with("batches.add(batch);", "if (batches.isEmpty()) batches.add(batch);"),
            of("cursor skip: a join begins where the room is by now", "delivery.Starts")
                    .with("page.room().head(), page)", "room.head(), page)"));

    private static Mutant of(String name, String type) {
        return new Mutant(name, type, List.of());
    }

    private Mutant with(String found, String replaced) {
        List<Change> more = new ArrayList<>(changes);
        more.add(new Change(found, replaced));
        return new Mutant(name, type, List.copyOf(more));
    }

    String className() {
        return "io.parley." + type;
    }

    /** The source of the class with the bug in it. */
    String source() throws IOException {
        String source = Files.readString(SOURCES.resolve(type.replace('.', '/') + ".java"));
        for (Change change : changes) {
            int place = source.indexOf(change.found);
            if (place < 0 || source.indexOf(change.found, place + 1) >= 0) {
                throw new IllegalStateException(
                        name + ": " + className() + " must have this once, for the mutant to be made: " + change.found);
            }
            source = source.replace(change.found, change.replaced);
        }
        return source;
    }

    @Override
    public String toString() {
        return name;
    }

    /** A piece of source, and what stands there instead. */
    record Change(String found, String replaced) {}
}
