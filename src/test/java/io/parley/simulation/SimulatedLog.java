package io.parley.simulation;

import io.parley.room.RoomLog;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * A log that takes its time and fails as the schedule says, whatever its methods are. Confined to the simulation's thread.
 *
 * <p>What it does is done by the log behind it, which outlives every crash.
 */
final class SimulatedLog {
    private final Schedule schedule;
    private final Faults faults;

    private SimulatedLog(Schedule schedule, Faults faults) {
        this.schedule = schedule;
        this.faults = faults;
    }

    static RoomLog over(RoomLog log, Schedule schedule, Faults faults) {
        SimulatedLog simulated = new SimulatedLog(schedule, faults);
        return proxy(RoomLog.class, (self, method, arguments) -> simulated.call(log, method, arguments));
    }

    private @Nullable Object call(RoomLog log, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("begin")) {
            RoomLog.Transaction transaction = log.begin();
            return proxy(RoomLog.Transaction.class, (self, step, given) -> step(transaction, step, given));
        }
        // What is read may be old by the time that it arrives.
        schedule.pause();
        faults.atReading();
        Object read = invoke(log, method, arguments);
        schedule.pause();
        return read;
    }

    private @Nullable Object step(RoomLog.Transaction transaction, Method method, Object @Nullable [] arguments)
            throws Throwable {
        if (!method.getName().equals("commit")) {
            return invoke(transaction, method, arguments);
        }
        schedule.pause();
        faults.beforeCommit();
        transaction.commit();
        schedule.pause();
        faults.afterCommit();
        return null;
    }

    private static @Nullable Object invoke(Object target, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
