package io.dcssync.source.auth;

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
    public boolean renew() {
        return false;
    }

    @Override
    public String hide(String text) {
        return text;
    }

    @Override
    public String whatToCheck(String date) {
        return "the endpoint asks for credentials; set source.*.auth to aksk, token or ecs-agency";
    }
}
