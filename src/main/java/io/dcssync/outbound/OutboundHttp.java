package io.dcssync.outbound;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.io.entity.HttpEntityWrapper;

/**
 * How HTTP requests leave this program: each ends at its deadline, to the last byte of the answer, with a {@link
 * SocketTimeoutException}, and can be cut short by {@link #cancelAll()}. No cookies are kept, and nothing is sent again
 * behind the caller's back, so that counted requests are the requests sent. Thread-safe.
 */
public final class OutboundHttp implements HttpClientConfigurer, ExecChainHandler {

    /** More than any page that is good for something: 1000 tasks of 64 kB. */
    private static final long LARGEST_ANSWER = 64L << 20;

    private final Duration deadline;
    private final ScheduledExecutorService timer;
    private final Set<Cancellable> underWay = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    /**
     * @param deadline time for a whole request
     * @param timer cuts requests short at their deadline
     */
    public OutboundHttp(Duration deadline, ScheduledExecutorService timer) {
        this.deadline = deadline;
        this.timer = timer;
    }

    @Override
    public void configureHttpClient(HttpClientBuilder builder) {
        builder.setUserAgent("dcs-sync")
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableRedirectHandling()
                .disableAuthCaching()
                .addExecInterceptorFirst("deadline", this);
    }

    /**
     * Sends the request; the timer stays armed after this returns, because the body is read later. Cancelling a request
     * whose answer has been read whole does nothing.
     */
    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        AtomicBoolean late = new AtomicBoolean();
        Cancellable cancellable = (Cancellable) scope.originalRequest;
        underWay.add(cancellable);
        if (stopped) {
            throw new IOException("not sent: the program stops");
        }
        ScheduledFuture<?> unused = timer.schedule(
                () -> {
                    late.set(true);
                    underWay.remove(cancellable);
                    cancellable.cancel();
                },
                deadline.toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = chain.proceed(request, scope);
            if (response.getEntity() != null) {
                response.setEntity(new BodyInTime(response.getEntity(), late, cancellable));
            }
            return response;
        } catch (IOException e) {
            throw inTime(late, e);
        }
    }

    /** Cuts short every request that is under way, and lets no other out: each ends with an {@link IOException}. */
    public void cancelAll() {
        stopped = true;
        underWay.removeIf(Cancellable::cancel);
    }

    /** What a cancelled request meets looks like a broken connection; says it was the deadline when it was. */
    private IOException inTime(AtomicBoolean late, IOException met) {
        // without a cause, which would be caught in its place
        return late.get() ? new SocketTimeoutException("no whole answer within " + seconds() + " s") : met;
    }

    private String seconds() {
        return BigDecimal.valueOf(deadline.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    /** A body of which reading ends at the deadline, and where it is larger than any answer should be. */
    private final class BodyInTime extends HttpEntityWrapper {

        private final AtomicBoolean late;
        private final Cancellable request;

        BodyInTime(HttpEntity body, AtomicBoolean late, Cancellable request) {
            super(body);
            this.late = late;
            this.request = request;
        }

        @Override
        public InputStream getContent() throws IOException {
            return new FilterInputStream(super.getContent()) {
                private long received;

                @Override
                public int read() throws IOException {
                    byte[] one = new byte[1];
                    int count = read(one, 0, 1);
                    return count < 0 ? count : one[0] & 0xff;
                }

                @Override
                public int read(byte[] bytes, int start, int length) throws IOException {
                    int count;
                    try {
                        count = super.read(bytes, start, length);
                    } catch (IOException e) {
                        throw inTime(late, e);
                    }
                    received += count;
                    if (received > LARGEST_ANSWER) {
                        request.cancel(); // or the rest would be read when the body is closed
                        throw new AnswerTooLarge(LARGEST_ANSWER);
                    }
                    return count;
                }
            };
        }
    }
}
