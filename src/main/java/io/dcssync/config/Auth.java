package io.dcssync.config;

import java.net.URI;
import java.util.Optional;

/** How requests to an endpoint show who sends them. */
public sealed interface Auth {

    /** They do not. */
    record None() implements Auth {}

    /**
     * They are signed.
     *
     * @param securityToken goes with temporary keys; empty: the keys are permanent
     */
    record AccessKeys(Secret accessKey, Secret secretKey, Optional<Secret> securityToken) implements Auth {}

    /**
     * They bring a token, for which a user logs in to IAM.
     *
     * @param iamEndpoint base URL of IAM, without a slash at its end
     * @param domain name of the account that the user belongs to
     */
    record Login(URI iamEndpoint, String domain, String user, Secret password) implements Auth {}

    /**
     * They are signed with temporary keys that this server is given by the cloud it runs in.
     *
     * @param metadataEndpoint base URL of where it asks for them
     */
    record EcsAgency(URI metadataEndpoint) implements Auth {}
}
