package io.dcssync.simulator;

import io.dcssync.config.Secret;

/** What callers of a simulated DCS must show. */
public sealed interface SimulatedAuth {

    /** Nothing. */
    record None() implements SimulatedAuth {}

    /** Signatures of these keys. */
    record AccessKeys(String accessKey, Secret secretKey) implements SimulatedAuth {}

    /** Tokens, which its own IAM gives to this user, of whatever domain. */
    record Login(String user, Secret password) implements SimulatedAuth {}
}
