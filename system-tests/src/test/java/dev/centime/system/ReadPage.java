package dev.centime.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The web page of an instance as someone reads it, with an eye on everything a careful person would find in the console. */
final class ReadPage implements AutoCloseable {
    private final BrowserContext context;
    private final Page page;
    private final Instance centime;
    private final List<String> complaints = new ArrayList<>();

    private ReadPage(BrowserContext context, Instance centime) {
        this.context = context;
        this.page = context.newPage();
        this.centime = centime;
        page.setDefaultTimeout(Chromium.PATIENCE_MS);
        page.onPageError(complaints::add);
        page.onConsoleMessage(this::listen);
        page.onRequest(request -> {
            if (!request.url().startsWith(centime.api().address() + "/")) {
                complaints.add("asked elsewhere: " + request.url());
            }
        });
    }

    static ReadPage of(Instance centime, Browser browser) {
        return of(centime, browser, 1280, ColorScheme.LIGHT);
    }

    static ReadPage of(Instance centime, Browser browser, int width, ColorScheme scheme) {
        var options =
                new Browser.NewContextOptions().setViewportSize(width, 800).setColorScheme(scheme);
        return new ReadPage(browser.newContext(options), centime);
    }

    /** Opens it and signs in with the administrator's key. */
    ReadPage signedIn() {
        return signedIn(Instance.ADMIN_KEY);
    }

    ReadPage signedIn(String key) {
        open("/");
        signIn(key);
        loaded();
        return this;
    }

    void open(String path) {
        page.navigate(centime.api().address() + path);
    }

    void signIn(String key) {
        page.getByLabel("API key").fill(key);
        page.keyboard().press("Enter");
    }

    void loaded() {
        page.locator("main.overview[aria-busy=false]").waitFor();
    }

    Page page() {
        return page;
    }

    Locator panel(String id) {
        return page.locator("#" + id);
    }

    /** The exact amount of a figure, as its tooltip shows it: {@code Today}, {@code This week}, {@code This month}. */
    Locator figure(String name) {
        return page.locator(".figure")
                .filter(new Locator.FilterOptions().setHasText(name))
                .locator(".amount");
    }

    /** Kept beside the test's report, to be looked at. */
    void photograph(String name) {
        var file = Path.of("target", "pages", name + ".png");
        page.screenshot(new Page.ScreenshotOptions().setPath(file).setFullPage(true));
    }

    /** Closes it. Errors, refusals of the content security policy and requests to anywhere else fail the test. */
    @Override
    public void close() {
        context.close();
        assertThat(complaints).isEmpty();
    }

    /** An answer that is a "no" is no fault of the page. */
    private void listen(ConsoleMessage message) {
        if (message.type().equals("error") && !message.text().startsWith("Failed to load resource")) {
            complaints.add(message.text());
        }
    }
}
