package io.dcssync.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads how the requests of a source are authenticated, and misses what the chosen way needs. */
final class AuthReader {

    private static final String ACCESS_KEY = "HUAWEICLOUD_SDK_AK";
    private static final String SECRET_KEY = "HUAWEICLOUD_SDK_SK";
    private static final String SECURITY_TOKEN = "HUAWEICLOUD_SDK_SECURITY_TOKEN";

    private final Values values;
    private final Map<String, String> environment;

    AuthReader(Values values, Map<String, String> environment) {
        this.values = values;
        this.environment = environment;
    }

    /** Makes a problem of each value that is missing. */
    void check(String source) {
        switch (kind(source)) {
            case "aksk" -> {
                require(source, KnownKeys.SOURCE_ACCESS_KEY, ACCESS_KEY);
                require(source, KnownKeys.SOURCE_SECRET_KEY, SECRET_KEY);
            }
            case "token" ->
                List.of(
                                KnownKeys.SOURCE_IAM_ENDPOINT,
                                KnownKeys.SOURCE_IAM_DOMAIN,
                                KnownKeys.SOURCE_IAM_USER,
                                KnownKeys.SOURCE_IAM_PASSWORD)
                        .forEach(row -> require(source, row, ""));
            default -> {
                // needs nothing that has no default
            }
        }
    }

    /** Makes a problem of what keeps the projects from being found. */
    void checkSearch(String source) {
        switch (kind(source)) {
            case "aksk" -> {
                if (!values.isSet(KnownKeys.SOURCE_IAM_ENDPOINT, source)) {
                    values.refuse(
                            KnownKeys.SOURCE_IAM_ENDPOINT,
                            source,
                            "is required for %s = discover: IAM lists the projects"
                                    .formatted(KnownKeys.SOURCE_PROJECTS.of(source)));
                }
            }
            case "none", "ecs-agency" ->
                values.refuse(
                        KnownKeys.SOURCE_PROJECTS,
                        source,
                        "needs %s = token or aksk: IAM lists the projects of a user"
                                .formatted(KnownKeys.SOURCE_AUTH.of(source)));
            default -> {
                // token has asked for an IAM; what is no way at all was refused
            }
        }
    }

    /** Returns what {@link #check} has found to be whole. */
    Auth read(String source) {
        return switch (kind(source)) {
            case "aksk" ->
                new Auth.AccessKeys(
                        find(source, KnownKeys.SOURCE_ACCESS_KEY, ACCESS_KEY).orElseThrow(),
                        find(source, KnownKeys.SOURCE_SECRET_KEY, SECRET_KEY).orElseThrow(),
                        securityToken(source));
            case "token" ->
                new Auth.Login(
                        values.get(KnownKeys.SOURCE_IAM_ENDPOINT, source),
                        values.get(KnownKeys.SOURCE_IAM_DOMAIN, source),
                        values.get(KnownKeys.SOURCE_IAM_USER, source),
                        values.get(KnownKeys.SOURCE_IAM_PASSWORD, source));
            case "ecs-agency" -> new Auth.EcsAgency(values.get(KnownKeys.SOURCE_METADATA_ENDPOINT, source));
            default -> new Auth.None();
        };
    }

    private String kind(String source) {
        return values.find(KnownKeys.SOURCE_AUTH, source).orElse("refused");
    }

    /** The environment's token goes with the environment's keys, never with others. */
    private Optional<Secret> securityToken(String source) {
        boolean ownKeys = values.isSet(KnownKeys.SOURCE_ACCESS_KEY, source);
        return find(source, KnownKeys.SOURCE_SECURITY_TOKEN, ownKeys ? "" : SECURITY_TOKEN);
    }

    private Optional<Secret> find(String source, KnownKey<Secret> row, String variable) {
        return values.find(row, source).or(() -> Optional.ofNullable(environment.get(variable))
                .filter(value -> !value.isBlank())
                .map(Secret::new));
    }

    private void require(String source, KnownKey<?> row, String variable) {
        boolean inEnvironment = !environment.getOrDefault(variable, "").isBlank();
        if (values.isSet(row, source) || inEnvironment) {
            return;
        }
        String key = row.of(source);
        List<String> ways = new ArrayList<>(List.of(key));
        if (row.secret()) {
            ways.add(key + "-file");
        }
        ways.add("the environment variable " + Entry.variableOf(key));
        if (!variable.isEmpty()) {
            ways.add(variable);
        }
        String last = ways.remove(ways.size() - 1);
        values.refuse(
                row,
                source,
                "is required for %s = %s: set %s or %s"
                        .formatted(KnownKeys.SOURCE_AUTH.of(source), kind(source), String.join(", ", ways), last));
    }
}
