package io.dcssync.simulator;

import io.dcssync.listapi.Answer;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ListBody;
import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.RefusedRequest;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;

/**
 * A DCS endpoint for tests that does what it is told, over real HTTP: {@code dcs.has(task("a").migrating())},
 * {@code dcs.failsNext(2, 503)}.
 *
 * <p>It answers the list of {@link #PROJECT} as the API document says, until a script says otherwise. Misfortunes
 * ({@code …Next}) queue up: each request takes the next one, whatever it asks for. Thread-safe; words take effect with
 * the next answer.
 */
public final class ScriptedDcs implements AutoCloseable {

    /** The only project it knows. */
    public static final String PROJECT = SimulatorSettings.DEFAULT_PROJECT;

    /** Moves the list before a request is answered. */
    public interface Between {
        /** {@code request} is 1 for the first request; {@code list} is the list itself, newest first, to be changed. */
        void move(int request, List<ScriptedTask> list);
    }

    /** A way to answer a request otherwise than it should be. */
    private interface Misfortune {
        void befall(ReceivedRequest request, Wire wire) throws IOException;
    }

    private final List<ScriptedTask> list = new ArrayList<>();
    private final Deque<List<ScriptedTask>> then = new ArrayDeque<>();
    private final Deque<Misfortune> misfortunes = new ArrayDeque<>();
    private final List<ReceivedRequest> requests = new ArrayList<>();
    private Optional<Misfortune> always = Optional.empty();
    private Between between = (request, tasks) -> {};
    private int cap = Integer.MAX_VALUE;
    private boolean ignoresOffset;
    private boolean ignoresName;
    private boolean countsOnlyThePage;
    private OptionalLong count = OptionalLong.empty();
    private boolean listed;
    private final SocketServer server = new SocketServer(this::answer);

    private ScriptedDcs() {}

    /** Starts one, with an empty list. */
    public static ScriptedDcs start() {
        return new ScriptedDcs();
    }

    /** Returns the base URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Returns the requests received so far, those that met with misfortune too. */
    public synchronized List<ReceivedRequest> requests() {
        return List.copyOf(requests);
    }

    // ---- the list

    /** The list is this and nothing else, newest first. */
    public synchronized ScriptedDcs has(ScriptedTask... tasks) {
        return has(List.of(tasks));
    }

    /** The list is this and nothing else, newest first. */
    public synchronized ScriptedDcs has(List<ScriptedTask> tasks) {
        list.clear();
        list.addAll(tasks);
        listed = false;
        return this;
    }

    /**
     * When the list is asked for the next time from its beginning, these tasks have become so. Several such changes come
     * one after the other. The first answer from the beginning after {@link #has} shows what it said.
     */
    public synchronized ScriptedDcs then(ScriptedTask... tasks) {
        then.addLast(List.of(tasks));
        return this;
    }

    /** Changes the tasks of the same ids where they stand; new ones go on top. */
    public synchronized ScriptedDcs set(ScriptedTask... tasks) {
        for (ScriptedTask task : tasks) {
            set(task);
        }
        return this;
    }

    /** Takes the task of this id out of the list. */
    public synchronized ScriptedDcs remove(String id) {
        list.removeIf(task -> task.isSameTaskAs(ScriptedTask.task(id)));
        return this;
    }

    /** Puts at the end of the list what may be no task: {@code null}, {@code 42}, {@code {"status":7}}. */
    public synchronized ScriptedDcs rawEntry(String json) {
        list.add(ScriptedTask.raw(json));
        return this;
    }

    /** Runs before each request is answered; replaces what was to run before. */
    public synchronized ScriptedDcs between(Between move) {
        between = move;
        return this;
    }

    // ---- odd but lasting ways

    /** Answers with this many tasks at most, whatever the limit asked for. */
    public synchronized ScriptedDcs cap(int most) {
        cap = most;
        return this;
    }

    /** Answers each request with the beginning of the list. */
    public synchronized ScriptedDcs ignoresOffset() {
        ignoresOffset = true;
        return this;
    }

    /** Answers with all tasks, whatever name is asked for. */
    public synchronized ScriptedDcs ignoresName() {
        ignoresName = true;
        return this;
    }

    /** Says this {@code count}, whatever is true. */
    public synchronized ScriptedDcs countIs(long said) {
        count = OptionalLong.of(said);
        return this;
    }

    /** Says the size of the page as {@code count}. */
    public synchronized ScriptedDcs countsOnlyThePage() {
        countsOnlyThePage = true;
        return this;
    }

    /** Gives every request this answer, once the misfortunes are used up. */
    public synchronized ScriptedDcs answersAlways(int status, String contentType, byte[] body) {
        Wire.Reply reply = reply(status, contentType, Map.of(), body);
        always = Optional.of((request, wire) -> wire.send(reply));
        return this;
    }

    /** Ends all misfortunes and odd ways; the list stays. */
    public synchronized ScriptedDcs answersNormally() {
        misfortunes.clear();
        always = Optional.empty();
        between = (request, tasks) -> {};
        cap = Integer.MAX_VALUE;
        ignoresOffset = false;
        ignoresName = false;
        countsOnlyThePage = false;
        count = OptionalLong.empty();
        return this;
    }

    // ---- misfortunes, one request each

    /** The next requests fail with this status and the documented error body. */
    public ScriptedDcs failsNext(int times, int status) {
        return failsNext(times, status, Map.of());
    }

    /** The next requests fail with this status, the documented error body and these headers ({@code Retry-After}). */
    public ScriptedDcs failsNext(int times, int status, Map<String, String> headers) {
        Wire.Reply reply =
                reply(status, "application/json", headers, ErrorBody.of(status).json());
        return next(times, (request, wire) -> wire.send(reply));
    }

    /** The next request gets this answer, byte for byte. */
    public ScriptedDcs answersNext(int status, String contentType, byte[] body) {
        return answersNext(status, contentType, Map.of(), body);
    }

    /** The next request gets this answer, byte for byte, with these headers as well. */
    public ScriptedDcs answersNext(int status, String contentType, Map<String, String> headers, byte[] body) {
        Wire.Reply reply = reply(status, contentType, headers, body);
        return next(1, (request, wire) -> wire.send(reply));
    }

    /** The next request gets this text in UTF-8. */
    public ScriptedDcs answersNext(int status, String contentType, String body) {
        return answersNext(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The connections of the next requests are reset. */
    public ScriptedDcs resetsNext(int times) {
        return next(times, (request, wire) -> wire.reset());
    }

    /** The next request waits so long for its first byte; then it is answered as if nothing had been. */
    public ScriptedDcs hangsNext(Duration pause) {
        return next(1, (request, wire) -> {
            if (!wire.waitOrClose(pause)) {
                wire.send(normal(request));
            }
        });
    }

    /** The next request waits until this is open; then it is answered as if nothing had been. */
    public ScriptedDcs waitsNext(CountDownLatch open) {
        return next(1, (request, wire) -> {
            try {
                open.await();
                wire.send(normal(request));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The next answer comes one byte at a time. */
    public ScriptedDcs dripsNext(Duration betweenBytes) {
        return next(1, (request, wire) -> wire.drip(normal(request), betweenBytes));
    }

    /** The next answers end in the middle of their body, though its whole length was promised. */
    public ScriptedDcs cutsOffNext(int times) {
        return next(times, (request, wire) -> wire.sendHalf(normal(request)));
    }

    @Override
    public void close() {
        server.close();
    }

    // ---- answering

    private void answer(ReceivedRequest request, Wire wire) throws IOException {
        Optional<Misfortune> misfortune;
        synchronized (this) {
            requests.add(request);
            misfortune = Optional.ofNullable(misfortunes.poll()).or(() -> always);
        }
        if (misfortune.isPresent()) {
            misfortune.get().befall(request, wire);
        } else {
            wire.send(normal(request));
        }
    }

    private synchronized Wire.Reply normal(ReceivedRequest request) {
        Answer answer;
        try {
            answer = request.method().equals("GET") ? page(request) : ErrorBody.methodNotAllowed();
        } catch (RefusedRequest e) {
            answer = e.error();
        }
        return reply(answer.status(), "application/json", Map.of(), answer.json());
    }

    private ListBody page(ReceivedRequest received) throws RefusedRequest {
        ListRequest asked = ListRequest.parse(received.path(), received.query());
        if (!asked.projectId().equals(PROJECT)) {
            throw new RefusedRequest(ErrorBody.unknownProject(asked.projectId()));
        }
        if (asked.offset() == 0) {
            if (listed && !then.isEmpty()) {
                then.poll().forEach(this::set);
            }
            listed = true;
        }
        between.move(received.number(), list);
        ListRequest heard = new ListRequest(
                asked.projectId(),
                ignoresOffset ? 0 : asked.offset(),
                Math.min(cap, asked.limit()),
                ignoresName ? Optional.empty() : asked.name());
        Page<ScriptedTask> page = Page.of(list, heard, ScriptedTask::name);
        long truth = countsOnlyThePage ? page.tasks().size() : page.matching();
        return ListBody.of(
                count.orElse(truth),
                page.tasks().stream().map(ScriptedTask::json).toList());
    }

    private void set(ScriptedTask task) {
        for (int i = 0; i < list.size(); i++) {
            if (list.get(i).isSameTaskAs(task)) {
                list.set(i, task);
                return;
            }
        }
        list.add(0, task);
    }

    private synchronized ScriptedDcs next(int times, Misfortune misfortune) {
        for (int i = 0; i < times; i++) {
            misfortunes.addLast(misfortune);
        }
        return this;
    }

    private static Wire.Reply reply(int status, String contentType, Map<String, String> headers, byte[] body) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Content-Type", contentType);
        all.putIfAbsent("X-Request-Id", "scripted-" + status);
        return new Wire.Reply(status, all, body);
    }
}
