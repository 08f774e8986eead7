package io.dcssync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dcssync.config.KnownKeys;
import io.dcssync.config.Settings;
import io.dcssync.config.SettingsReader;
import io.dcssync.simulator.SimulatorSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What Dockerfile and docker-compose.yml say of the program, held against the program: no engine is needed for it. */
class ContainerFilesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath();
    private static final String HOME = "/opt/dcs-sync";
    private static final Pattern LOCAL_URL = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)(/[^?]*).*");
    private static final Pattern PUBLISHED = Pattern.compile("127\\.0\\.0\\.1:(\\d+):(\\d+)");

    private final List<String> instructions = instructions();
    private final Map<String, Object> services = map(compose().get("services"));
    private final Settings defaults = SettingsReader.read(List.of(), Map.of());

    @Test
    void what_is_copied_from_the_project_exists_and_is_not_ignored() throws IOException {
        List<String> notIgnored = Files.readAllLines(Path.of(".dockerignore")).stream()
                .filter(line -> line.startsWith("!"))
                .map(line -> line.substring(1))
                .toList();

        assertThat(copies().filter(words -> !words.get(0).startsWith("--from")))
                .isNotEmpty()
                .allSatisfy(words -> {
                    assertThat(ROOT.resolve(words.get(0))).exists();
                    assertThat(notIgnored).contains(words.get(0));
                });
    }

    @Test
    void what_the_build_gives_is_laid_out_as_the_launcher_expects_it() throws IOException {
        String launcher = Files.readString(Path.of("bin/dcs-sync"));

        assertThat(copies().filter(words -> words.get(0).startsWith("--from")).map(words -> words.get(2)))
                .containsExactlyInAnyOrder("target/lib", "target/dcs-sync.jar");
        assertThat(launcher).contains("target=$root/target", "jar=$target/dcs-sync.jar", "\"$target/lib\"");
        assertThat(copies().map(words -> words.get(words.size() - 1))).contains("bin", "config", "routes");
        assertThat(last("WORKDIR")).isEqualTo(HOME);
    }

    @Test
    void images_are_pinned_and_run_a_user_without_rights() {
        assertThat(Stream.concat(
                        all("FROM").map(from -> from.replaceFirst(" AS .*", "")),
                        services.values().stream()
                                .map(service -> map(service).get("image"))
                                .filter(image -> image != null)
                                .map(Object::toString)))
                .hasSize(4)
                .allSatisfy(image ->
                        assertThat(image).matches("[a-z/-]+:\\d+\\.\\d+.*").doesNotContain("alpine"));
        assertThat(last("USER")).isEqualTo("dcs-sync");
        assertThat(String.join("\n", all("RUN").toList()))
                .contains("useradd --uid 10001", "install -d -o dcs-sync -g dcs-sync " + last("VOLUME"));
    }

    @Test
    void the_launcher_is_process_1_and_gives_its_place_to_java() throws IOException {
        assertThat(words(last("ENTRYPOINT"))).containsExactly("bin/dcs-sync");
        assertThat(ROOT.resolve("bin/dcs-sync")).isExecutable();
        assertThat(Files.readString(Path.of("bin/dcs-sync")).lines().reduce((a, b) -> b))
                .hasValueSatisfying(line -> assertThat(line).startsWith("exec "));
    }

    @Test
    void each_command_is_one_that_the_program_knows() {
        assertThat(commands()).hasSize(3).allSatisfy(command -> {
            assertThat(DcsSync.handlingFailures(DcsSync.commandLine())
                            .parseArgs(command.toArray(String[]::new))
                            .hasSubcommand())
                    .isTrue();
            assertThat(command.stream()
                            .filter(word -> word.startsWith("config/"))
                            .map(ROOT::resolve))
                    .allSatisfy(file -> assertThat(file).exists());
        });
    }

    @Test
    void each_variable_is_the_one_of_a_key_and_the_configuration_reads_without_problems() {
        Map<String, String> environment = environment("dcs-sync");
        List<Path> files = config("dcs-sync");

        Settings settings = SettingsReader.read(files, environment);

        assertThat(settings.sources()).isNotEmpty();
        assertThat(settings.channels()).isNotEmpty();
        assertThat(settings.database().url()).contains("jdbc:postgresql://postgres:5432/dcs_sync");
        assertThat(environment.keySet())
                .allSatisfy(variable -> assertThat(variablesOf(settings)).contains(variable));
        assertThat(settings.http().managementHost()).isEqualTo("0.0.0.0");
    }

    @Test
    void the_database_knows_the_login() {
        Map<String, String> given = environment("postgres");
        Map<String, String> used = environment("dcs-sync");

        assertThat(given.get("POSTGRES_USER")).isEqualTo(used.get("DATABASE_USER"));
        assertThat(given.get("POSTGRES_PASSWORD")).isEqualTo(used.get("DATABASE_PASSWORD"));
        assertThat(used.get("DATABASE_URL")).endsWith("/" + given.get("POSTGRES_DB"));
    }

    @Test
    void every_source_is_read_from_the_simulator_which_is_on_the_same_loopback() {
        Map<String, Object> simulator = map(services.get("simulator"));
        List<String> command = strings(simulator.get("command"));
        int port = Integer.parseInt(command.get(command.indexOf("--port") + 1));

        assertThat(simulator.get("network_mode")).isEqualTo("service:dcs-sync");
        assertThat(SettingsReader.read(config("dcs-sync"), environment("dcs-sync"))
                        .sources())
                .allSatisfy(source -> {
                    assertThat(source.endpoint()).hasToString("http://127.0.0.1:" + port);
                    assertThat(projects(command)).contains(source.projectId());
                });
        assertThat(healthCheckOf(strings(map(simulator.get("healthcheck")).get("test"))))
                .matches(url -> url.group(1).equals(String.valueOf(port)))
                .matches(url -> url.group(2).equals("/v2/" + projects(command).get(0) + "/migration-tasks"));
    }

    @Test
    void health_is_asked_on_the_management_port() {
        String healthCheck = last("HEALTHCHECK");

        assertThat(healthCheckOf(words(healthCheck.substring(healthCheck.indexOf('[')))))
                .matches(url ->
                        url.group(1).equals(String.valueOf(defaults.http().managementPort())))
                .matches(url -> url.group(2).equals("/observe/health"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"8080", "9876"})
    void ports_are_open_to_this_host_only(String port) {
        assertThat(List.of(last("EXPOSE").split(" "))).contains(port);
        assertThat(strings(map(services.get("dcs-sync")).get("ports")))
                .allMatch(published -> PUBLISHED.matcher(published).matches())
                .contains("127.0.0.1:" + port + ":" + port);
        assertThat(KnownKeys.all())
                .filteredOn(key -> key.pattern().matches("http\\.(management-)?port"))
                .extracting(key -> key.fallback().text())
                .contains(port);
    }

    @Test
    void it_waits_for_the_database_and_is_given_the_time_to_stop() {
        Map<String, Object> service = map(services.get("dcs-sync"));

        assertThat(map(map(service.get("depends_on")).get("postgres"))).containsEntry("condition", "service_healthy");
        assertThat(map(services.get("postgres"))).containsKey("healthcheck");
        assertThat(service.get("stop_grace_period")).isEqualTo("30s");
        assertThat(strings(service.get("volumes"))).containsExactly("dcs-sync-data:" + last("VOLUME"));
        assertThat(map(compose().get("volumes"))).containsOnlyKeys("postgres-data", "dcs-sync-data");
    }

    private List<List<String>> commands() {
        List<List<String>> commands = new ArrayList<>();
        commands.add(words(last("CMD")));
        services.values().stream()
                .map(service -> map(service).get("command"))
                .filter(command -> command != null)
                .forEach(command -> commands.add(strings(command)));
        return commands;
    }

    private List<Path> config(String service) {
        List<String> command = strings(map(services.get(service)).get("command"));
        return command.stream()
                .filter(word -> word.startsWith("config/"))
                .map(ROOT::resolve)
                .toList();
    }

    private Map<String, String> environment(String service) {
        Map<String, String> environment = new HashMap<>();
        map(map(services.get(service)).get("environment"))
                .forEach((name, value) -> environment.put(name, value.toString()));
        return environment;
    }

    private static List<String> variablesOf(Settings settings) {
        return KnownKeys.all().stream()
                .flatMap(key -> settings.sources().stream().map(source -> key.of(source.name())))
                .map(key -> key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_'))
                .toList();
    }

    private static List<String> projects(List<String> command) {
        List<String> named = new ArrayList<>();
        for (int i = 0; i < command.size() - 1; i++) {
            if (command.get(i).equals("--project-id")) {
                named.add(command.get(i + 1));
            }
        }
        return named.isEmpty() ? List.of(SimulatorSettings.DEFAULT_PROJECT) : named;
    }

    private static Matcher healthCheckOf(List<String> command) {
        Matcher url = LOCAL_URL.matcher(command.get(command.size() - 1));
        assertThat(url.matches()).as(command.toString()).isTrue();
        return url;
    }

    private Stream<List<String>> copies() {
        return all("COPY").map(rest -> List.of(rest.split(" ")));
    }

    private Stream<String> all(String instruction) {
        return instructions.stream()
                .filter(line -> line.startsWith(instruction + " "))
                .map(line -> line.substring(instruction.length() + 1));
    }

    private String last(String instruction) {
        return all(instruction).reduce((earlier, later) -> later).orElseThrow();
    }

    private static List<String> instructions() {
        return Stream.of(text("Dockerfile")
                        .replaceAll("(?m)^#.*\\n", "")
                        .replace("\\\n", "")
                        .split("\n"))
                .map(line -> line.replaceAll(" +", " ").strip())
                .toList();
    }

    private static Map<String, Object> compose() {
        return map(new Load(LoadSettings.builder().build()).loadFromString(text("docker-compose.yml")));
    }

    private static List<String> words(String json) {
        try {
            return strings(new ObjectMapper().readValue(json, List.class));
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static List<String> strings(Object list) {
        return ((List<?>) list).stream().map(Object::toString).toList();
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new TreeMap<>();
        ((Map<?, ?>) value).forEach((key, item) -> map.put(key.toString(), item));
        return map;
    }

    private static String text(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
