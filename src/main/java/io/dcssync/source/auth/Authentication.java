package io.dcssync.source.auth;

import io.dcssync.outbound.ErrorAnswer;
import org.apache.hc.core5.http.HttpRequestInterceptor;

/**
 * Shows for one source who sends its requests. As an interceptor it sees each request as it leaves. {@link #prepare()}
 * comes before each request; the requests of one source follow one another.
 */
public interface Authentication extends HttpRequestInterceptor {

    /** Gets hold of what the next request will show; asks for it where that is due. */
    void prepare() throws CredentialsUnavailable;

    /**
     * Takes note that the endpoint did not accept what was shown (401).
     *
     * @param said what its answer says of that
     * @return whether the next {@link #prepare()} brings something new, so that the request is worth a repeat
     */
    boolean renew(ErrorAnswer said);

    /** Returns an answer without what was shown, should the other side say it back. */
    byte[] hide(byte[] answer);

    /**
     * Says what to check when the endpoint does not accept what was shown.
     *
     * @param date the header {@code Date} of its answer; "" where there is none
     */
    String whatToCheck(String date);
}
