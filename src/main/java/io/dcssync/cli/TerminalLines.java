package io.dcssync.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A terminal with lines at its bottom that are rewritten in place. What is written to it in between stands above them.
 * Thread-safe.
 */
final class TerminalLines extends OutputStream {

    private static final String UP = "\033[%dA";
    private static final String ERASE_BELOW = "\033[J";
    // a line that wrapped would be two to go up over
    private static final String CUT = "\033[?7l";
    private static final String WRAP = "\033[?7h";

    private final PrintStream terminal;
    private int shown;
    private boolean inALine;
    private boolean closed;

    TerminalLines(PrintStream terminal) {
        this.terminal = terminal;
    }

    /** Shows these lines in the place of the ones before; waits for the next time while a line is being written. */
    synchronized void show(List<String> lines) {
        if (inALine || closed) {
            return;
        }
        StringBuilder text = new StringBuilder(erased());
        lines.forEach(line -> text.append(CUT).append(line).append(WRAP).append('\n'));
        shown = lines.size();
        put(text.toString());
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) {
        put(erased());
        terminal.write(bytes, from, length);
        inALine = length > 0 ? bytes[from + length - 1] != '\n' : inALine;
    }

    @Override
    public synchronized void write(int single) {
        write(new byte[] {(byte) single}, 0, 1);
    }

    @Override
    public synchronized void flush() {
        terminal.flush();
    }

    /** Takes the lines away for good; the terminal stays open. */
    @Override
    public synchronized void close() {
        put(erased());
        closed = true;
    }

    private String erased() {
        String text = shown == 0 ? "" : UP.formatted(shown) + ERASE_BELOW;
        shown = 0;
        return text;
    }

    private void put(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        terminal.write(bytes, 0, bytes.length);
        terminal.flush();
    }
}
