package io.dcssync.http;

import io.dcssync.config.HttpSettings.Login;
import io.dcssync.listapi.CallerCheck;
import io.dcssync.listapi.ErrorBody;
import io.dcssync.listapi.ReceivedCall;
import io.dcssync.listapi.RefusedRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/** Lets in who shows user and password by HTTP Basic. */
final class BasicCheck implements CallerCheck {

    private static final String SCHEME = "basic ";

    private final byte[] expected;

    BasicCheck(Login login) {
        String both = login.user() + ":" + login.password().reveal();
        this.expected = both.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void check(ReceivedCall call) throws RefusedRequest {
        String shown = call.headers().getOrDefault("authorization", "");
        boolean basic = shown.regionMatches(true, 0, SCHEME, 0, SCHEME.length());
        if (!basic || !isExpected(shown.substring(SCHEME.length()).strip())) {
            throw new RefusedRequest(ErrorBody.notAuthenticated());
        }
    }

    private boolean isExpected(String base64) {
        try {
            return MessageDigest.isEqual(Base64.getDecoder().decode(base64), expected);
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
