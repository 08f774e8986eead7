package io.dcssync.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.cli.ReplacedFile.Content;
import io.dcssync.config.ChannelSettings;
import io.dcssync.report.HtmlReport;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code report}: the ledger in a page. It asks no source and changes nothing. */
@Command(
        name = "report",
        description = "Sum up the ledger: statuses, failures and their reasons, what is stuck, sources and alerts.",
        footer = {
            "",
            "csv has a line for each task that changed since then or is failed now; the other formats sum up.",
            "html is one file that needs no other, to be looked at or sent."
        })
final class ReportCommand extends OutboxCommand {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** How the report is written. */
    enum Format {
        TEXT,
        JSON,
        CSV,
        HTML
    }

    @Option(
            names = "--format",
            paramLabel = "text|json|csv|html",
            description = "How the report is written (default: text).")
    private Format format = Format.TEXT;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "What happened since: " + Since.ALLOWED + " (default: 7d).")
    private String since = "7d";

    @Option(names = "--source", paramLabel = "NAME", description = "Only this source; repeatable.")
    private Set<String> names = new TreeSet<>();

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write into a file, whose folder exists. It is replaced when the report is whole.")
    private Path out;

    ReportCommand() {
        super("ledger", "report");
    }

    @Override
    void checkUsage() {
        if (Since.parse(since, Clock.systemUTC()).isEmpty()) {
            throw new ParameterException(
                    spec().commandLine(), "--since is '%s', allowed is %s".formatted(since, Since.ALLOWED));
        }
        if (out != null
                && (Files.isDirectory(out)
                        || !Files.isDirectory(out.toAbsolutePath().getParent()))) {
            throw new ParameterException(
                    spec().commandLine(), "--out is '%s', allowed is a file in a folder that exists".formatted(out));
        }
    }

    @Override
    int run(Job job, List<ChannelSettings> channels) {
        mustBeRead(job);
        Map<String, Object> which = new HashMap<>();
        which.put(
                "since",
                Since.parse(since, Clock.systemUTC()).map(Instant::toString).orElseThrow());
        which.put("sources", names.isEmpty() ? null : JSON.valueToTree(names).toString());
        TaskSheet sheet = new TaskSheet(job);
        if (format == Format.CSV) {
            return watched(sheet, () -> write(file -> sheet.writeTo(file, which)));
        }
        String text = watched(sheet, () -> written(job.askForText("report", which)));
        return write(file -> file.write(text));
    }

    private <T> T watched(TaskSheet sheet, Supplier<T> work) {
        // rows may go to the same terminal, where they would be written over
        boolean inTheWay = format == Format.CSV && out == null;
        return isWatched() && !inTheWay
                ? new ShownProgress(() -> List.of("report: " + sheet.howFar())).during(work)
                : work.get();
    }

    private String written(String answer) {
        try {
            JsonNode report = JSON.readTree(answer);
            return switch (format) {
                case JSON -> report.toPrettyString() + "\n";
                case HTML -> HtmlReport.of(report);
                default -> TextReport.of(report);
            };
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the ledger's answer is no JSON (bug)", e);
        }
    }

    private int write(Content content) {
        try {
            if (out == null) {
                Writer standard = new StandardOutput(spec().commandLine().getOut());
                content.writeTo(standard);
                standard.flush();
            } else {
                ReplacedFile.write(out, content);
            }
            return ExitCode.OK;
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILED,
                    "the report cannot be written to %s: %s".formatted(out == null ? "standard output" : out, e),
                    e);
        }
    }

    private void mustBeRead(Job job) {
        Set<String> known = job.askForRows("list-freshness", Map.of()).stream()
                .map(row -> (String) row.get("source"))
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : names) {
            if (!known.contains(name)) {
                throw new CommandException(
                        ExitCode.USAGE,
                        "no source '%s' has been read into this ledger; there are: %s"
                                .formatted(name, known.isEmpty() ? "none" : String.join(", ", known)));
            }
        }
    }
}
