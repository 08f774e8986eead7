package io.dcssync.browser;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.results.Rule;
import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebDriverException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A real Chromium, of this machine. Tests are skipped where there is none, unless the build says {@code -Dbrowser=required}.
 */
final class Browser implements AutoCloseable {

    private static final Dimension DESKTOP = new Dimension(1280, 900);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path SCREENSHOTS = Path.of("target/screenshots");

    private final ChromeDriver driver;
    private final String base;

    private Browser(ChromeDriver driver, String base) {
        this.driver = driver;
        this.base = base;
    }

    /**
     * Starts one, with a profile of its own.
     *
     * @param profile an empty folder
     * @param base where the dashboard is
     */
    static Browser start(Path profile, String base) {
        Optional<Path> chromium = program("chromium");
        Optional<Path> driver = program("chromedriver");
        if (!"required".equals(System.getProperty("browser"))) {
            assumeThat(chromium.isPresent() && driver.isPresent())
                    .as("chromium and chromedriver are on the PATH, as Debian's chromium-driver brings them")
                    .isTrue();
        }
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium.orElseThrow().toFile());
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--force-color-profile=srgb",
                "--lang=en-GB",
                "--user-data-dir=" + profile.toAbsolutePath());
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.orElseThrow().toFile())
                .usingAnyFreePort()
                .withEnvironment(Map.of("LANG", "en_GB.UTF-8", "TZ", "Asia/Kathmandu", "HOME", profile.toString()))
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options), base);
        browser.size(DESKTOP.width, DESKTOP.height);
        return browser;
    }

    private static Optional<Path> program(String name) {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Opens a page of the dashboard, and waits until it shows something. */
    void open(String address) {
        driver.get(base + "/" + address);
        await("h1");
    }

    /** Waits for an element, and returns it. */
    WebElement await(String selector) {
        return new WebDriverWait(driver, PATIENCE).until(page -> page.findElements(By.cssSelector(selector)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElse(null));
    }

    /** Waits until the page shows a text. */
    void awaitText(String text) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "'" + text + "' in: " + text())
                .until(page -> text().contains(text));
    }

    /** Waits until an element is gone. */
    void awaitGone(String selector) {
        new WebDriverWait(driver, PATIENCE).until(page -> all(selector).isEmpty());
    }

    /** The text that is shown. */
    String text() {
        return (String) script("return document.querySelector('main').innerText");
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Follows the link of this text. */
    void follow(String text) {
        driver.findElement(By.partialLinkText(text)).click();
    }

    void back() {
        driver.navigate().back();
    }

    /** The address, behind that of the dashboard. */
    String address() {
        return driver.getCurrentUrl().substring(base.length() + 1);
    }

    String title() {
        return driver.getTitle();
    }

    ChromeDriver driver() {
        return driver;
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** As the system's setting says: {@code light} or {@code dark}. */
    void look(String look) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", look))));
    }

    /** What axe finds wrong with the page as it is. */
    // the other mode is for pages with frames, and opens a window of its own, for which a busy browser may have no time
    @SuppressWarnings("deprecation")
    List<String> barriers() {
        AxeRunOptions options = new AxeRunOptions();
        // what is well is not told, which takes longer than to look at it
        options.setResultTypes(List.of("violations"));
        return new AxeBuilder()
                        .setLegacyMode(true)
                        .withOptions(options)
                        .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                        .analyze(driver)
                        .getViolations()
                        .stream()
                        .map(Browser::told)
                        .toList();
    }

    private static String told(Rule rule) {
        return rule.getId() + ": " + rule.getHelp() + " "
                + rule.getNodes().stream()
                        .limit(3)
                        .map(node -> node.getHtml() + " " + node.getTarget())
                        .toList();
    }

    /** What scripts and the policy complained of since this was last asked. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }

    /** The hosts that the page has asked for anything. */
    @SuppressWarnings("unchecked")
    Set<String> hosts() {
        List<String> asked = (List<String>)
                script("return performance.getEntries().map(e => e.name)" + ".filter(n => /^(https?|wss?):/.test(n))");
        return asked.stream().map(url -> URI.create(url).getAuthority()).collect(Collectors.toSet());
    }

    /** All that the page has loaded, from anywhere. */
    @SuppressWarnings("unchecked")
    List<String> loaded() {
        return (List<String>) script("return performance.getEntriesByType('resource').map(e => e.name)");
    }

    /** As if there were no network. */
    void goOffline() {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", true, "latency", 0, "downloadThroughput", 0, "uploadThroughput", 0));
    }

    /** Keeps a picture of the whole page. */
    @SuppressWarnings("unchecked")
    void picture(String name, int width) {
        size(width, 900);
        long height = ((Number) script("return Math.max(600, document.documentElement.scrollHeight)")).longValue();
        size(width, (int) Math.min(height, 4000));
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        size(DESKTOP.width, DESKTOP.height);
    }

    @Override
    public void close() {
        try {
            driver.quit();
        } catch (WebDriverException tookTooLong) {
            // on a busy machine; it has been killed
        }
    }
}
