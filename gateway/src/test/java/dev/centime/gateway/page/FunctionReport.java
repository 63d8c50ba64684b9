package dev.centime.gateway.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/** Deno's report in JUnit's XML, test by test. */
final class FunctionReport {

    record Case(String name, @Nullable String failure) {
        void verify() {
            if (failure != null) fail(failure);
        }
    }

    private FunctionReport() {}

    /** @param output what the run printed, shown when there is no report or nothing in it */
    static List<Case> read(Path report, String output) {
        assertThat(report).as(output).exists();
        try (var xml = Files.newInputStream(report)) {
            var document =
                    DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml);
            var tests = document.getElementsByTagName("testcase");
            assertThat(tests.getLength()).as(output).isPositive();
            return IntStream.range(0, tests.getLength())
                    .mapToObj(index -> toCase((Element) tests.item(index)))
                    .toList();
        } catch (Exception unreadable) {
            throw new IllegalStateException(output, unreadable);
        }
    }

    private static Case toCase(Element test) {
        var failures = test.getElementsByTagName("failure");
        var name = test.getAttribute("classname").replaceFirst("^.*/", "") + ": " + test.getAttribute("name");
        return new Case(
                name, failures.getLength() == 0 ? null : failures.item(0).getTextContent());
    }
}
