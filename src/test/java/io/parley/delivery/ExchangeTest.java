package io.parley.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.access.Refusal;
import io.parley.identity.Credentials;
import io.parley.room.Content;
import io.parley.room.RoomName;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Commands of somebody who does not stay: which of them are carried out, and that each exchange has its end. */
class ExchangeTest {
    private static final Opening OPENING = new Opening(
            new Credentials(Optional.empty(), Optional.empty(), Optional.of("Ann")), Optional.empty(), "somewhere");

    @Test
    void nothingIsDoneAfterAFailureWhereRequestsHangTogether() throws Exception {
        try (Parlour parlour = new Parlour()) {
            Told together = new Told(true);
            Told apart = new Told(false);

            parlour.delivery.exchange(OPENING, List.of(post("lobby"), post("nowhere"), post("lobby")), together);
            assertEquals(List.of("0 Posted", "1 Failed", "whole"), together.all());
            parlour.delivery.exchange(OPENING, List.of(post("nowhere"), post("lobby")), apart);
            assertEquals(List.of("0 Failed", "1 Posted", "whole"), apart.all());

            assertEquals(2, head(parlour));
        }
    }

    @Test
    void whoComesAfterTheEndIsToldSo() throws Exception {
        try (Parlour parlour = new Parlour()) {
            parlour.stop();
            Told told = new Told(false);

            parlour.delivery.exchange(OPENING, List.of(post("lobby")), told);

            assertEquals(List.of("refused UNAVAILABLE"), told.all());
        }
    }

    private static long head(Parlour parlour) {
        return parlour.log.find(new RoomName("lobby")).orElseThrow().head();
    }

    private static Request post(String room) {
        return Request.of(new Command.Post(new RoomName(room), Content.plain("hello"), Optional.empty()));
    }

    /** What was told of an exchange. Thread-safe. */
    private static final class Told implements Replies {
        private final boolean together;
        private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();
        private final CompletableFuture<List<String>> whole = new CompletableFuture<>();

        Told(boolean together) {
            this.together = together;
        }

        /** All of it, once it is over. */
        List<String> all() throws Exception {
            return whole.get(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        }

        @Override
        public int replied(int number, Request request, Reply reply) {
            told.add(number + " " + reply.getClass().getSimpleName());
            return 0;
        }

        @Override
        public boolean stopsAtFailure() {
            return together;
        }

        @Override
        public void whole() {
            told.add("whole");
            whole.complete(List.copyOf(told));
        }

        @Override
        public void refused(Refusal refusal) {
            told.add("refused " + refusal.code());
            whole.complete(List.copyOf(told));
        }
    }
}
