package io.parley.transport.events;

import io.parley.config.Limits;
import io.parley.delivery.Audience;
import io.parley.delivery.CloseReason;
import io.parley.delivery.Connection;
import io.parley.delivery.Delivery;
import io.parley.delivery.Opening;
import io.parley.delivery.Subprotocol;
import io.parley.http.Problem;
import io.parley.http.Query;
import io.parley.identity.Credentials;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A poll without a door: what {@link Visit} is in production. Confined to the simulation's thread. */
public final class SimulatedPoll implements Poll.Asker {
    private final Consumer<String> answered;
    private final Consumer<String> refused;
    private @Nullable Connection connection;
    private @Nullable CloseReason closing;
    private boolean over;

    /**
     * @param answered is given the answer
     * @param refused is given the code of the problem
     */
    public SimulatedPoll(Consumer<String> answered, Consumer<String> refused) {
        this.answered = answered;
        this.refused = refused;
    }

    public void begin(Delivery delivery, Subprotocol subprotocol, String at, Limits limits) {
        Asked asked = Asked.of(Query.parse("wait=60&at=" + at), null, limits);
        Poll poll = new Poll(this, asked, subprotocol);
        Credentials nobody = new Credentials(Optional.empty(), Optional.empty(), Optional.empty());
        Opening opening = new Opening(nobody, Optional.empty(), "somewhere");
        Connection opened =
                delivery.listen(poll, subprotocol, poll, opening, new Audience(false, false, Duration.ofDays(1)));
        connection = opened;
        if (over) {
            opened.closed();
        } else if (closing != null) {
            opened.close(closing);
        }
    }

    /** It has waited long enough. */
    @Override
    public void end() {
        close(CloseReason.NORMAL);
    }

    public void close(CloseReason reason) {
        closing = reason;
        if (connection != null) {
            connection.close(reason);
        }
    }

    @Override
    public void told(byte[] json) {
        over();
        answered.accept(new String(json, StandardCharsets.UTF_8));
    }

    @Override
    public void refused(Problem problem) {
        over();
        refused.accept(problem.code());
    }

    /** The client has gone. */
    public void over() {
        if (!over) {
            over = true;
            if (connection != null) {
                connection.closed();
            }
        }
    }
}
