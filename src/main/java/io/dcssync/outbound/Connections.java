package io.dcssync.outbound;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.ssl.SSLContexts;
import org.apache.hc.core5.util.Timeout;

/** A pool of connections, shared by all clients that trust the same and go out the same way. Thread-safe. */
public final class Connections implements AutoCloseable {

    private static final Timeout CONNECT_TIMEOUT = Timeout.ofSeconds(10);
    private static final int PER_HOST = 50;
    private static final int IN_ALL = 500;

    private final PoolingHttpClientConnectionManager pool;
    private final Optional<HttpHost> proxy;

    /**
     * @param trusted the authorities whose certificates are accepted; empty: those that Java trusts
     * @param proxy HTTP proxy through which all goes, {@code http://host:port}; empty: none
     */
    public Connections(List<X509Certificate> trusted, Optional<URI> proxy) {
        this.proxy = proxy.map(HttpHost::create);
        // reading those that Java trusts takes a while, which a start need not wait for
        CompletableFuture<TlsSocketStrategy> tls =
                CompletableFuture.supplyAsync(() -> new DefaultClientTlsStrategy(trusting(trusted)));
        pool = PoolingHttpClientConnectionManagerBuilder.create()
                .setTlsSocketStrategy((socket, host, port, attachment, context) ->
                        made(tls).upgrade(socket, host, port, attachment, context))
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(CONNECT_TIMEOUT)
                        .build())
                .setMaxConnPerRoute(PER_HOST)
                .setMaxConnTotal(IN_ALL)
                .build();
    }

    /** Lets a client send over these connections. */
    public void addTo(HttpClientBuilder builder) {
        builder.setConnectionManager(pool).setConnectionManagerShared(true);
        proxy.ifPresent(builder::setProxy);
    }

    @Override
    public void close() {
        pool.close();
    }

    private static TlsSocketStrategy made(CompletableFuture<TlsSocketStrategy> tls) throws SSLException {
        try {
            return tls.join();
        } catch (CompletionException e) {
            throw new SSLException(e.getCause());
        }
    }

    private static SSLContext trusting(List<X509Certificate> authorities) {
        if (authorities.isEmpty()) {
            return SSLContexts.createSystemDefault();
        }
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            for (int i = 0; i < authorities.size(); i++) {
                store.setCertificateEntry("ca-" + i, authorities.get(i));
            }
            return SSLContexts.custom().loadTrustMaterial(store, null).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("certificates that were read cannot be trusted", e);
        }
    }
}
