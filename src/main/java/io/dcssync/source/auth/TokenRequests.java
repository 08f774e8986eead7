package io.dcssync.source.auth;

import io.dcssync.config.Secret;
import io.dcssync.outbound.ErrorAnswer;
import java.util.stream.Stream;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Adds a token that IAM gave. One that was refused is given up, and a request that it was refused with may be repeated. */
final class TokenRequests implements Authentication {

    private final Renewable<Secret> token;
    private volatile Secret held;

    TokenRequests(Renewable<Secret> token) {
        this.token = token;
    }

    @Override
    public void prepare() throws CredentialsUnavailable {
        held = token.current();
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
        request.setHeader("X-Auth-Token", held.reveal());
    }

    @Override
    public boolean renew(ErrorAnswer said) {
        token.forget(held);
        return true;
    }

    @Override
    public byte[] hide(byte[] answer) {
        return new SentSecrets(Stream.of(held)).hide(answer);
    }

    @Override
    public String whatToCheck(String date) {
        return "IAM gave a token and the endpoint does not accept it; check that source.*.iam-endpoint and"
                + " source.*.endpoint belong together and that source.*.iam-user may use the project";
    }
}
