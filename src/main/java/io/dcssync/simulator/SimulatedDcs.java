package io.dcssync.simulator;

import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ListBody;
import io.dcssync.listapi.ListRequest;
import io.dcssync.listapi.ListedTask;
import io.dcssync.listapi.RefusedRequest;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.apache.camel.Header;

/** What the simulator's routes ask: the lists of all its projects. Thread-safe. */
public final class SimulatedDcs {

    private static final int CHANGES_BETWEEN_PAGES = 3;

    private final Map<String, LivingList> lists;
    private final Supplier<Faults> faults;

    /** @param faults what is wrong at present */
    SimulatedDcs(Map<String, LivingList> lists, Supplier<Faults> faults) {
        this.lists = Map.copyOf(lists);
        this.faults = faults;
    }

    /** Answers one page of the list that the path names. */
    public ListBody list(@Header(Exchange.HTTP_PATH) String path, @Header(Exchange.HTTP_RAW_QUERY) String query)
            throws RefusedRequest {
        ListRequest request = ListRequest.parse(path, query);
        LivingList list = lists.get(request.projectId());
        if (list == null) {
            throw new RefusedRequest(ErrorBody.unknownProject(request.projectId()));
        }
        Faults present = faults.get();
        if (present.has(Fault.MOVING) && request.offset() > 0) {
            for (int i = 0; i < CHANGES_BETWEEN_PAGES; i++) {
                list.step();
            }
        }
        return list.answer(present.heard(request), present.has(Fault.DIRTY) ? Dirt::on : ListedTask::json);
    }

    /** Refuses what is no GET. */
    public ErrorBody refuseMethod() {
        return ErrorBody.methodNotAllowed();
    }

    /** Refuses a path that is no list. */
    public ErrorBody refusePath() {
        return ErrorBody.unknownPath();
    }
}
