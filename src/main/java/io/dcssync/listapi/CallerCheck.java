package io.dcssync.listapi;

/** Decides whether a call comes from somebody who may call. Thread-safe. */
public interface CallerCheck {

    /** Lets everybody in. */
    CallerCheck NONE = call -> {};

    /** Returns if the call is to be answered; refuses it with 401 if not. */
    void check(ReceivedCall call) throws RefusedRequest;
}
