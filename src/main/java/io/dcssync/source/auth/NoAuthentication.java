package io.dcssync.source.auth;

import io.dcssync.outbound.ErrorAnswer;
import org.apache.hc.core5.http.EntityDetails;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.protocol.HttpContext;

/** Shows nothing. */
final class NoAuthentication implements Authentication {

    @Override
    public void prepare() {
        // there is nothing to get hold of
    }

    @Override
    public void process(HttpRequest request, EntityDetails entity, HttpContext context) {
        // as it is
    }

    @Override
    public boolean renew(ErrorAnswer said) {
        return false;
    }

    @Override
    public byte[] hide(byte[] answer) {
        return answer;
    }

    @Override
    public String whatToCheck(String date) {
        return "the endpoint asks for credentials; set source.*.auth to aksk, token or ecs-agency";
    }
}
