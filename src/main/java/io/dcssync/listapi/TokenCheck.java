package io.dcssync.listapi;

import java.util.function.Predicate;

/** Lets in calls that bring a token that is good at that time, in the header {@code X-Auth-Token}. */
public final class TokenCheck implements CallerCheck {

    private final Predicate<String> good;

    /** @param good tells whether a token is good; called with what was shown, never with "" */
    public TokenCheck(Predicate<String> good) {
        this.good = good;
    }

    /** Lets in who shows this one token. */
    public static TokenCheck of(String token) {
        return new TokenCheck(shown -> SignatureCheck.same(shown, token));
    }

    @Override
    public void check(ReceivedCall call) throws RefusedRequest {
        String shown = call.header("x-auth-token");
        if (shown.isEmpty() || !good.test(shown)) {
            throw new RefusedRequest(ErrorBody.badCredentials("decrypt token fail"));
        }
    }
}
