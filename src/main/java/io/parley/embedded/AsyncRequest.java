package io.parley.embedded;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.glassfish.grizzly.http.server.Response;
import org.glassfish.grizzly.http.server.SuspendContext;
import org.jspecify.annotations.Nullable;

/**
 * A request whose asynchrony may end at any time, on any thread. Thread-safe.
 *
 * <p>Grizzly gives request and response to the next peer as soon as one is completed, also while the thread that began it is still on its
 * way out of the servlet and will then touch them. So a completion that comes early waits: for the servlet to return, on whose
 * thread it then happens, and past that for the few steps that Grizzly itself takes.
 */
final class AsyncRequest extends HttpServletRequestWrapper {
    /** The attribute under which {@link RequestProbe} leaves Grizzly's response with each request. */
    static final String RESPONSE = "io.parley.embedded.response";

    private final Response answer;
    private @Nullable Context context;
    private boolean serving = true;
    private boolean completed;

    AsyncRequest(HttpServletRequest request) {
        super(request);
        answer = (Response) request.getAttribute(RESPONSE);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new AsyncInput(super.getInputStream(), getContentLengthLong() <= BodyFilter.WHOLE_BYTES);
    }

    @Override
    public AsyncContext startAsync(ServletRequest request, ServletResponse response) {
        Context begun = new Context(super.startAsync(request, response));
        synchronized (this) {
            context = begun;
        }
        return begun;
    }

    @Override
    public AsyncContext startAsync() {
        Context begun = new Context(super.startAsync());
        synchronized (this) {
            context = begun;
        }
        return begun;
    }

    @Override
    public synchronized AsyncContext getAsyncContext() {
        return context == null ? super.getAsyncContext() : context;
    }

    /** The servlet has returned. Called on its thread. */
    void serviceEnds() {
        Context due;
        synchronized (this) {
            serving = false;
            due = completed ? context : null;
        }
        if (due != null) {
            due.with.complete();
        }
    }

    /** Whether the completion is the caller's to make now. */
    private synchronized boolean mayComplete() {
        if (completed) {
            return false;
        }
        completed = true;
        return !serving;
    }

    private final class Context implements AsyncContext {
        private final AsyncContext with;

        Context(AsyncContext with) {
            this.with = with;
        }

        @Override
        public void complete() {
            if (mayComplete()) {
                while (isBeingLeft()) {
                    Thread.onSpinWait();
                }
                with.complete();
            }
        }

        /** The last that Grizzly does on its way out is to give a request that goes on its time-out, which was 0 until then and never is again. */
        private boolean isBeingLeft() {
            SuspendContext suspended = answer.getSuspendContext();
            synchronized (suspended) {
                try {
                    return suspended.isSuspended() && suspended.getTimeout(TimeUnit.MILLISECONDS) == 0;
                } catch (IllegalStateException gone) {
                    return false;
                }
            }
        }

        @Override
        public ServletRequest getRequest() {
            return with.getRequest();
        }

        @Override
        public ServletResponse getResponse() {
            return with.getResponse();
        }

        @Override
        public boolean hasOriginalRequestAndResponse() {
            return with.hasOriginalRequestAndResponse();
        }

        @Override
        public void dispatch() {
            with.dispatch();
        }

        @Override
        public void dispatch(String path) {
            with.dispatch(path);
        }

        @Override
        public void dispatch(ServletContext to, String path) {
            with.dispatch(to, path);
        }

        @Override
        public void start(Runnable run) {
            with.start(run);
        }

        @Override
        public void addListener(AsyncListener listener) {
            with.addListener(listener);
        }

        @Override
        public void addListener(AsyncListener listener, ServletRequest request, ServletResponse response) {
            with.addListener(listener, request, response);
        }

        @Override
        public <T extends AsyncListener> T createListener(Class<T> type) throws ServletException {
            return with.createListener(type);
        }

        @Override
        public void setTimeout(long millis) {
            with.setTimeout(millis);
        }

        @Override
        public long getTimeout() {
            return with.getTimeout();
        }
    }
}
