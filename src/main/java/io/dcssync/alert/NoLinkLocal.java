package io.dcssync.alert;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
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
        check(scope.route.getTargetHost().getHostName());
        return chain.proceed(request, scope);
    }

    /** @throws Refused if the name of a host leads to a link-local address */
    static void check(String host) throws Refused {
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                check(address);
            }
        } catch (UnknownHostException e) {
            // connecting tells it, or a proxy knows better
        }
    }

    /**
     * @param address null: not known
     * @throws Refused if it is link-local
     */
    static void check(InetAddress address) throws Refused {
        if (address != null && address.isLinkLocalAddress()) {
            throw new Refused();
        }
    }
}
