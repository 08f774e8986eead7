package io.dcssync.simulator;

import io.dcssync.listapi.Answer;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.ListedTask;
import io.dcssync.listapi.RefusedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A DCS endpoint whose list lives by itself, as the simulator's does, and which knows afterwards what was true when.
 * Something can be made to happen between a request and its answer. Thread-safe.
 */
public final class LivingDcs implements AutoCloseable {

    private final LivingList list;
    private final List<Instant> shownBy = new ArrayList<>();
    private final Random random;
    private final int longestPauseMillis;
    private final Thread heart = new Thread(this::live, "living-dcs");
    private volatile Consumer<ReceivedRequest> before = request -> {};
    private volatile int percentFailed;
    private final SocketServer server = new SocketServer(this::answer);

    private LivingDcs(long seed, int tasks, int longestPauseMillis) {
        list = new LivingList(seed, tasks, Clock.systemUTC());
        random = new Random(seed);
        this.longestPauseMillis = longestPauseMillis;
        heart.setDaemon(true);
    }

    /**
     * Starts one that answers for {@link ScriptedDcs#PROJECT}.
     *
     * @param longestPauseMillis between two changes; pauses are of any length up to this
     */
    public static LivingDcs start(long seed, int tasks, int longestPauseMillis) {
        LivingDcs dcs = new LivingDcs(seed, tasks, longestPauseMillis);
        dcs.heart.start();
        return dcs;
    }

    /** Returns the base URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Runs before each request is answered, while it waits; replaces what was to run before. */
    public void before(Consumer<ReceivedRequest> happening) {
        before = happening;
    }

    /** Of a hundred requests so many are answered with 500, with 429, or have their connection reset. */
    public void fails(int percent) {
        percentFailed = percent;
    }

    /** The list changes no more; when this returns, the last change has happened. */
    public void standStill() {
        heart.interrupt();
        try {
            heart.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Returns the list as it is now. */
    public List<ListedTask> tasks() {
        return list.tasks();
    }

    /** Returns all that has happened, oldest first. */
    public List<Change> changes() {
        return list.changes();
    }

    /** Returns from when on every answer has shown a change; it has been shown by none before {@link Change#at()}. */
    public synchronized Instant shownBy(Change change) {
        return shownBy.get((int) change.step() - 1);
    }

    @Override
    public void close() {
        heart.interrupt();
        server.close();
    }

    private void live() {
        try {
            while (true) {
                Thread.sleep(1 + random.nextInt(longestPauseMillis));
                list.step();
                synchronized (this) {
                    shownBy.add(Instant.now());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(ReceivedRequest request, Wire wire) throws IOException {
        before.accept(request);
        if (ThreadLocalRandom.current().nextInt(100) < percentFailed) {
            fail(wire);
            return;
        }
        Answer answer;
        try {
            answer = list.answer(ListRequest.parse(request.path(), request.query()), ListedTask::json);
        } catch (RefusedRequest e) {
            answer = e.error();
        }
        send(answer, wire);
    }

    private static void fail(Wire wire) throws IOException {
        switch (ThreadLocalRandom.current().nextInt(3)) {
            case 0 -> send(ErrorBody.internal(), wire);
            case 1 -> send(ErrorBody.throttled(), wire);
            default -> wire.reset();
        }
    }

    private static void send(Answer answer, Wire wire) throws IOException {
        wire.send(new Wire.Reply(answer.status(), Map.of("Content-Type", "application/json"), answer.json()));
    }
}
