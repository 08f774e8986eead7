package io.dcssync.source.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.dcssync.config.ProjectSearch;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;

/** Asks IAM which projects an account has. Used by one thread. */
public final class ListProjects {

    /** Belongs to object storage; every account has it, and it holds nothing else. */
    private static final String OBJECT_STORAGE = "MOS";

    private final ProjectSearch search;
    private final Authentication authentication;
    private final HttpClient client;

    /**
     * @param authentication of the account as a whole
     * @param client what IAM is asked through
     */
    public ListProjects(ProjectSearch search, Authentication authentication, HttpClientBuilder client) {
        this.search = search;
        this.authentication = authentication;
        this.client = client.addRequestInterceptorLast(authentication).build();
    }

    /**
     * Returns the projects that are enabled and can have caches, those of the endpoint's region where its host names one.
     *
     * @throws CredentialsUnavailable if IAM does not answer, or does not accept who asks
     */
    public List<Project> list() throws CredentialsUnavailable {
        authentication.prepare();
        HttpGet get = new HttpGet(search.iamEndpoint() + "/v3/projects");
        get.setHeader("Accept", "application/json");
        Reply reply;
        try {
            reply = client.execute(get, Reply::of);
        } catch (IOException e) {
            throw unavailable(e.getMessage() + "; check source.*.iam-endpoint and source.*.proxy", true);
        }
        JsonNode listed = reply.json().path("projects");
        if (reply.status() != 200 || !listed.isArray()) {
            throw refused(reply);
        }
        List<Project> projects = new ArrayList<>();
        for (JsonNode project : listed) {
            String name = project.path("name").asText();
            if (project.path("enabled").asBoolean(true) && !name.equals(OBJECT_STORAGE) && isOfRegion(name)) {
                projects.add(new Project(project.path("id").asText(), name));
            }
        }
        return projects;
    }

    /** DCS of a region, {@code dcs.REGION.myhuaweicloud.com}, does not know the projects of others. */
    private boolean isOfRegion(String project) {
        URI endpoint = search.source().endpoint();
        String[] host = endpoint.getHost().split("\\.", 3);
        boolean namesRegion = host.length > 2 && host[0].equals("dcs");
        return !namesRegion || project.equals(host[1]) || project.startsWith(host[1] + "_");
    }

    private CredentialsUnavailable refused(Reply reply) {
        boolean passing = reply.status() == 429 || reply.status() / 100 == 5;
        String words = reply.error(authentication::hide).words();
        String advice =
                switch (reply.status()) {
                    case 401 -> authentication.whatToCheck(reply.header("Date"));
                    case 403 -> "the user needs the right iam:projects:listProjects";
                    default -> "check source.*.iam-endpoint";
                };
        return unavailable(
                "HTTP %d%s%s"
                        .formatted(reply.status(), words.isEmpty() ? "" : ": " + words, passing ? "" : " – " + advice),
                passing);
    }

    private CredentialsUnavailable unavailable(String why, boolean worthAnotherTry) {
        return new CredentialsUnavailable(
                "no-projects", "IAM at %s lists no projects: %s".formatted(search.iamEndpoint(), why), worthAnotherTry);
    }
}
