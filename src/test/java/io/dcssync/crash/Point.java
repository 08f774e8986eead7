package io.dcssync.crash;

import java.util.Arrays;
import java.util.List;

/** Where the program is killed. Those with a trigger are held up there by the database, in the middle of a statement. */
enum Point {
    /** While an empty database is given its schema. */
    MIGRATING,
    /** Soon after the start. */
    STARTING,
    /** While the run of a pass is opened. */
    OPENING("before insert on dcs.run for each row"),
    /** A page was asked for and is not answered. */
    ASKED,
    /** The answer with a page is on its way. */
    ANSWERED,
    /** While a page is stored, its transitions too. */
    STORING("before insert on dcs.transition for each row"),
    /** All pages are stored and the pass is about to end, a dead one that is taken over too. */
    CLOSING("before update of outcome on dcs.run for each row"),
    /** Alerts are being claimed. */
    CLAIMING("before update of claim on dcs.alert for each row when (new.claim is not null)"),
    /** The receiver has an alert and has not answered. */
    RECEIVED,
    /** The receiver's answer is on its way. */
    TAKEN,
    /** The delivery is being recorded. */
    RECORDING("before update of state on dcs.alert for each row when (new.state = 'delivered')"),
    /** It was asked to stop, and is killed before it has, or soon after. */
    STOPPING,
    /** At any time. */
    ANY_TIME;

    private final String trigger;

    Point() {
        this("");
    }

    Point(String trigger) {
        this.trigger = trigger;
    }

    /** When its trigger fires; empty where it has none. */
    String trigger() {
        return trigger;
    }

    /** Those that are held up by the database. */
    static List<Point> withTriggers() {
        return Arrays.stream(values()).filter(point -> !point.trigger.isEmpty()).toList();
    }
}
