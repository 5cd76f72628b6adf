package io.parley.hooks;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Collection;

/** What is measured of outgoing webhooks. Thread-safe. */
final class HookMeters {
    final Counter delivered;
    final Counter failed;
    final Counter retries;

    HookMeters(MeterRegistry meters, Collection<Sender> senders) {
        delivered = counter(meters, "delivered", "entries that outgoing webhooks have taken");
        failed = counter(meters, "failed", "attempts of outgoing webhooks that came to nothing");
        retries = counter(meters, "retries", "attempts of outgoing webhooks that were not the first of their entry");
        for (boolean failing : new boolean[] {false, true}) {
            String state = failing ? "failing" : "ok";
            Gauge.builder("parley.hooks", senders, all -> count(all, failing))
                    .tag("state", state)
                    .description("outgoing webhooks, by whether their last attempt failed")
                    .strongReference(true)
                    .register(meters);
            Gauge.builder("parley.hooks.lag", senders, all -> lag(all, failing))
                    .tag("state", state)
                    .description("entries that outgoing webhooks have yet to take")
                    .strongReference(true)
                    .register(meters);
        }
    }

    private static double count(Collection<Sender> senders, boolean failing) {
        return senders.stream()
                .filter(sender -> sender.status().failing().isPresent() == failing)
                .count();
    }

    private static double lag(Collection<Sender> senders, boolean failing) {
        return senders.stream()
                .map(Sender::status)
                .filter(status -> status.failing().isPresent() == failing)
                .mapToLong(HookStatus::behind)
                .sum();
    }

    private static Counter counter(MeterRegistry meters, String name, String description) {
        return Counter.builder("parley.hooks." + name).description(description).register(meters);
    }
}
