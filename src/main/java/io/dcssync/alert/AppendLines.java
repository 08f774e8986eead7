package io.dcssync.alert;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.component.file.FileOperations;
import org.apache.camel.component.file.GenericFileOperationFailedException;

/**
 * Appends each event to a file as a line, in one write and onto the disk. Camel's own way writes the event in pieces and
 * the line break after it, so that lines of two processes can mix, and the event after one that met a full disk would
 * stand in the line of its torso. Thread-safe.
 */
final class AppendLines extends FileOperations {

    private final Charset charset;

    AppendLines(FileEndpoint file) {
        super(file);
        charset = file.getCharset() == null ? StandardCharsets.UTF_8 : Charset.forName(file.getCharset());
    }

    @Override
    public boolean storeFile(String name, Exchange exchange, long size) {
        Path file = Path.of(name);
        String line = exchange.getMessage().getBody(String.class) + "\n";
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            boolean regular = Files.isRegularFile(file); // neither a pipe nor a device
            ByteBuffer bytes = ByteBuffer.wrap((regular && endsInMidLine(file) ? "\n" + line : line).getBytes(charset));
            while (bytes.hasRemaining()) { // a second write only tells why the first was not whole
                out.write(bytes);
            }
            if (regular) {
                out.force(false);
            }
            return true;
        } catch (IOException e) {
            throw new GenericFileOperationFailedException("the line could not be appended", e);
        }
    }

    private static boolean endsInMidLine(Path file) throws IOException {
        try (SeekableByteChannel in = Files.newByteChannel(file)) {
            if (in.size() == 0) {
                return false;
            }
            ByteBuffer last = ByteBuffer.allocate(1);
            in.position(in.size() - 1).read(last);
            return last.get(0) != '\n';
        }
    }
}
