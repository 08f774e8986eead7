package io.dcssync.simulator;

import io.dcssync.listapi.Answer;
import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.ListedTask;
import io.dcssync.listapi.RefusedRequest;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A DCS endpoint whose pages come mangled, while it is told to mangle them, and which keeps what it answered. */
public final class ManglingDcs implements AutoCloseable {

    private final LivingList list;
    private final List<byte[]> answered = new ArrayList<>();
    private UnaryOperator<byte[]> onItsWay = UnaryOperator.identity();
    private final SocketServer server = new SocketServer(this::answer);

    private ManglingDcs(long seed, int tasks) {
        list = new LivingList(seed, tasks, Clock.systemUTC());
    }

    /** Starts one that answers for {@link ScriptedDcs#PROJECT}, well at first. */
    public static ManglingDcs start(long seed, int tasks) {
        return new ManglingDcs(seed, tasks);
    }

    /** Returns the base URL. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    /** Lets the list change. */
    public void goesOn() {
        list.step();
    }

    /** Returns the list as it is now. */
    public List<ListedTask> tasks() {
        return list.tasks();
    }

    /** Mangles pages from now on; forgets what was answered before. */
    public synchronized void mangles(Random random) {
        onItsWay = new PageMutator(random)::mutate;
        answered.clear();
    }

    /** Answers as it should from now on; forgets what was answered before. */
    public synchronized void answersWell() {
        onItsWay = UnaryOperator.identity();
        answered.clear();
    }

    /** Returns the bodies of the answers since then. */
    public synchronized List<byte[]> answered() {
        return List.copyOf(answered);
    }

    @Override
    public void close() {
        server.close();
    }

    private void answer(ReceivedRequest request, Wire wire) throws IOException {
        Answer answer;
        try {
            answer = list.answer(ListRequest.parse(request.path(), request.query()), ListedTask::json);
        } catch (RefusedRequest e) {
            answer = e.error();
        }
        byte[] body;
        synchronized (this) {
            body = onItsWay.apply(answer.json());
            answered.add(body);
        }
        wire.send(new Wire.Reply(answer.status(), Map.of("Content-Type", "application/json"), body));
    }
}
