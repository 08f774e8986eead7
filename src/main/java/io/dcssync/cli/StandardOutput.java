package io.dcssync.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;

/** Standard output that says when what was written did not get there. What prints to it keeps that to itself. */
final class StandardOutput extends FilterWriter {

    private final PrintWriter printer;

    StandardOutput(PrintWriter printer) {
        super(printer);
        this.printer = printer;
    }

    @Override
    public void flush() throws IOException {
        // the printer does not ask the stream that it writes to
        if (printer.checkError() || System.out.checkError()) {
            throw new IOException("not all of it was taken");
        }
    }
}
