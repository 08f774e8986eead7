package io.dcssync.listapi;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One page of the list, put together from tasks that are JSON already. Immutable. */
public final class ListBody implements Answer {

    private final byte[] json;

    private ListBody(byte[] json) {
        this.json = json;
    }

    /**
     * Renders a page.
     *
     * @param count number of all tasks that match, not only of those on this page
     * @param tasks the tasks of this page, in order, each one JSON value in UTF-8
     */
    public static ListBody of(long count, List<byte[]> tasks) {
        byte[] head = utf8("{\"count\":" + count + ",\"migration_tasks\":[");
        byte[] tail = utf8("]}");
        int size = head.length + tail.length + tasks.size();
        for (byte[] task : tasks) {
            size += task.length;
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream(size);
        body.writeBytes(head);
        for (int i = 0; i < tasks.size(); i++) {
            if (i > 0) {
                body.write(',');
            }
            body.writeBytes(tasks.get(i));
        }
        body.writeBytes(tail);
        return new ListBody(body.toByteArray());
    }

    @Override
    public int status() {
        return 200;
    }

    @Override
    public byte[] json() {
        return json;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
