package io.dcssync.simulator;

/** Nothing can listen on the port that was asked for. */
public final class PortTaken extends Exception {

    private static final long serialVersionUID = 1L;

    PortTaken(int port) {
        super("port " + port + " of 127.0.0.1 is taken or not allowed");
    }
}
