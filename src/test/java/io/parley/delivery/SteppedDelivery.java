package io.parley.delivery;

import io.micrometer.core.instrument.MeterRegistry;
import io.parley.config.Limits;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** A delivery whose threads were never started: somebody else takes the turns of its workers. Confined to one thread. */
public final class SteppedDelivery {
    private final Delivery delivery;
    private final List<Worker> workers;

    public SteppedDelivery(
            Delivery.Collaborators with,
            Limits limits,
            int workerCount,
            RandomGenerator random,
            MeterRegistry meters,
            LongSupplier nanoTime) {
        // Of two readers: what comes in the midst of a pass is to be seen too.
        Worker.Turns turns = new Worker.Turns(2, 1);
        delivery = new Delivery(with, limits, workerCount, random, meters, nanoTime, turns);
        workers = delivery.workers();
        workers.forEach(Worker::adopt);
    }

    public Delivery delivery() {
        return delivery;
    }

    public boolean isReady(int worker) {
        return workers.get(worker).hasWork();
    }

    /** One turn of a worker. */
    public void step(int worker) {
        workers.get(worker).turn();
    }
}
