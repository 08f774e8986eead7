package io.dcssync.bench;

import java.io.IOException;
import java.util.function.Consumer;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.io.entity.EntityUtils;

/** Asks for one page of a list after the other as a script would: by offset, until one is not full. */
final class Pages implements AutoCloseable {

    private final CloseableHttpClient http = HttpClients.createDefault();
    private final String url;
    private final int tasks;
    private final int pageSize;

    Pages(FastEndpoint endpoint, String project, int tasks, int pageSize) {
        this.url = endpoint.url() + "/v2/" + project + "/migration-tasks";
        this.tasks = tasks;
        this.pageSize = pageSize;
    }

    void forEach(Consumer<byte[]> page) throws IOException {
        for (int offset = 0; offset < tasks; offset += pageSize) {
            HttpGet request = new HttpGet(url + "?offset=" + offset + "&limit=" + pageSize);
            page.accept(http.execute(request, answer -> EntityUtils.toByteArray(answer.getEntity())));
        }
    }

    @Override
    public void close() throws IOException {
        http.close();
    }
}
