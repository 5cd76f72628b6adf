package io.parley.hooks;

import io.parley.room.EntryEncoding;
import io.parley.room.RoomLog;
import io.parley.room.Rooms;
import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/**
 * What all senders share. Immutable.
 *
 * @param posters where attempts run, which block
 * @param retriers where those run whose last attempt failed: receivers that never answer hold up only each other
 * @param gone takes a sender whose receiver wants nothing more
 */
record Sending(
        Rooms rooms,
        RoomLog log,
        EntryEncoding encoding,
        Executor readers,
        Executor posters,
        Executor retriers,
        ScheduledExecutorService timer,
        Post.Ways ways,
        Clock clock,
        RandomGenerator random,
        HookMeters meters,
        String userAgent,
        Consumer<Sender> gone) {}
