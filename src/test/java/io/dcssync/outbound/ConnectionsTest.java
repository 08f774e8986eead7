package io.dcssync.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ConnectionsTest {

    @TempDir
    private static Path folder;

    private static HttpsServer server;
    private static X509Certificate certificate;

    @BeforeAll
    static void serve() throws Exception {
        Path file = folder.resolve("keys.p12");
        List<String> keytool = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        keytool.addAll(List.of(
                "-genkeypair -alias a -keyalg EC -dname CN=127.0.0.1 -ext san=ip:127.0.0.1 -storepass changeit -validity 2"
                        .split(" ")));
        keytool.addAll(List.of("-keystore", file.toString()));
        assertThat(new ProcessBuilder(keytool).start().waitFor()).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, "changeit".toCharArray());
        }
        certificate = (X509Certificate) store.getCertificate("a");
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, "changeit".toCharArray());
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @Test
    void a_server_whose_authority_nobody_knows_is_not_trusted() {
        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> get(List.of(), "127.0.0.1"));
    }

    @Test
    void an_authority_of_ones_own_is_trusted() throws Exception {
        assertThat(get(List.of(certificate), "127.0.0.1")).isEqualTo(204);
    }

    @Test
    void the_certificate_must_be_that_of_the_host() {
        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> get(List.of(certificate), "localhost"));
    }

    @Test
    void a_proxy_is_asked_instead_of_the_host() throws Exception {
        try (HttpDouble proxy = HttpDouble.start();
                Connections connections = new Connections(List.of(), Optional.of(URI.create(proxy.url())))) {
            proxy.replies(HttpDouble.status(200, "from the proxy"));
            HttpClientBuilder builder = HttpClientBuilder.create();
            connections.addTo(builder);
            CloseableHttpClient client = builder.build();
            assertThat(client.<Integer>execute(new HttpGet("http://dcs.invalid/v2"), answer -> answer.getCode()))
                    .isEqualTo(200);
            assertThat(proxy.requests().get(0).uri()).isEqualTo("http://dcs.invalid/v2");
        }
    }

    private int get(List<X509Certificate> trusted, String host) throws Exception {
        try (Connections connections = new Connections(trusted, Optional.empty())) {
            HttpClientBuilder builder = HttpClientBuilder.create();
            connections.addTo(builder);
            String url = "https://" + host + ":" + server.getAddress().getPort() + "/";
            CloseableHttpClient client = builder.build();
            return client.<Integer>execute(new HttpGet(url), answer -> answer.getCode());
        }
    }
}
