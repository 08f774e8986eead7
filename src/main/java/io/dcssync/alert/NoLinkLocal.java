package io.dcssync.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;

/**
 * Sends nothing to a host whose name leads to a link-local address, where clouds hand out credentials. Java remembers
 * what a name leads to for longer than it takes to connect. Thread-safe.
 */
final class NoLinkLocal implements ExecChainHandler {

    /** A host's name leads to a link-local address. */
    static final class Refused extends IOException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        if (isLinkLocal(scope.route.getTargetHost().getHostName())) {
            throw new Refused();
        }
        return chain.proceed(request, scope);
    }

    private static boolean isLinkLocal(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).anyMatch(InetAddress::isLinkLocalAddress);
        } catch (UnknownHostException e) {
            return false; // connecting tells it, or a proxy knows better
        }
    }
}
