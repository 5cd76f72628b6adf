package io.parley.delivery;

import io.parley.access.Refusal;

/** Takes the replies of an exchange. Called by one thread at a time; does not block. */
public interface Replies {

    /**
     * One request has its reply; replies may come out of order.
     *
     * @param number the place of the request among all of them, from 0
     * @return how many bytes the client will be sent for it
     */
    int replied(int number, Request request, Reply reply);

    /**
     * Whether the requests hang together: each is then taken only when those before it went well, and the first that fails is the last that
     * has a reply.
     */
    default boolean stopsAtFailure() {
        return false;
    }

    /** Every request that was taken has its reply, and no further one is taken. */
    void whole();

    /** Nothing was done, since it is not known who asks, because of the requests themselves, or because the end has come. */
    void refused(Refusal refusal);
}
