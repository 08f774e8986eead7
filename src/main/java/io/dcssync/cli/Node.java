package io.dcssync.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Names this process for the runs: its host and its process id. */
final class Node {

    private Node() {}

    static String name() {
        return host() + ":" + ProcessHandle.current().pid();
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost"; // a machine that cannot say its name
        }
    }
}
