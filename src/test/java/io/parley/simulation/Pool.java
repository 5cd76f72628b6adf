package io.parley.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/** An executor whose tasks are run when the schedule says so, and among the first few in any order. Confined to one thread. */
final class Pool implements Executor {
    private final Schedule schedule;
    private final int threads;
    private final List<Runnable> tasks = new ArrayList<>();

    Pool(Schedule schedule, int threads) {
        this.schedule = schedule;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    Lane lane(String name, int weight) {
        return new Lane(name, weight, threads, () -> !tasks.isEmpty(), this::runOne);
    }

    private void runOne() {
        tasks.remove(schedule.below(Math.min(threads, tasks.size()))).run();
    }
}
