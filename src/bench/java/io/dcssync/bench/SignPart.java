package io.dcssync.bench;

import io.dcssync.config.GivenSettings;
import io.dcssync.config.SourceSettings;
import io.dcssync.source.auth.Authentication;
import io.dcssync.source.auth.Authentications;
import java.time.Clock;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What it costs to sign a request for a page. Not final, as JMH extends it. */
@State(Scope.Benchmark)
public class SignPart {

    private final SourceSettings source = GivenSettings.source(
                    "https://dcs.eu-de.myhuaweicloud.com",
                    "source.prod.auth = aksk",
                    "source.prod.access-key = AccessKey",
                    "source.prod.secret-key = SecretKey")
            .sources()
            .get(0);
    private final Authentication authentication =
            new Authentications(Clock.systemUTC()).of(source, HttpClients.createMinimal());

    @Benchmark
    public HttpRequest signRequest() throws Exception {
        HttpGet request = new HttpGet(source.endpoint() + "/v2/p1/migration-tasks?offset=990&limit=1000");
        request.setHeader("Host", source.endpoint().getAuthority());
        authentication.prepare();
        authentication.process(request, null, HttpCoreContext.create());
        return request;
    }
}
