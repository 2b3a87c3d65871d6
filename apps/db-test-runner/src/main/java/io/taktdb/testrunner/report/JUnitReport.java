package io.taktdb.testrunner.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes results as the XML that build servers read: a suite per plan, a case per step. */
public final class JUnitReport {
    private final XMLStreamWriter xml;

    private JUnitReport(final XMLStreamWriter xml) {
        this.xml = xml;
    }

    /** Writes the file. */
    public static void write(final Report report, final Path file) throws IOException {
        try (Writer writer = Files.newBufferedWriter(file)) {
            final XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(writer);
            new JUnitReport(xml).suites(report);
            xml.close();
        } catch (final XMLStreamException e) {
            throw new IOException("report cannot be written: file=" + file, e);
        }
    }

    private void suites(final Report report) throws XMLStreamException {
        xml.writeStartDocument("UTF-8", "1.0");
        xml.writeStartElement("testsuites");
        for (final PlanResult plan : report.plans()) {
            xml.writeStartElement("testsuite");
            attribute("name", name(plan));
            attribute("tests", Integer.toString(plan.steps().size()));
            attribute("failures", Long.toString(plan.count(Outcome.FAILED)));
            attribute("errors", "0");
            attribute("skipped", Long.toString(plan.count(Outcome.SKIPPED)));
            attribute("time", seconds(plan.seconds()));
            for (final StepResult step : plan.steps()) {
                testCase(plan, step);
            }
            if (!plan.serverLog().isEmpty()) {
                xml.writeStartElement("system-out");
                xml.writeCharacters(printable(plan.serverLog()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void testCase(final PlanResult plan, final StepResult step) throws XMLStreamException {
        xml.writeStartElement("testcase");
        attribute("classname", name(plan));
        attribute("name", step.title());
        attribute("line", Integer.toString(step.line()));
        attribute("time", seconds(step.seconds()));
        if (step.outcome() != Outcome.PASSED) {
            xml.writeStartElement(step.outcome() == Outcome.FAILED ? "failure" : "skipped");
            attribute("message", step.text().lines().findFirst().orElse(""));
            xml.writeCharacters(printable(step.text()));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private void attribute(final String name, final String value) throws XMLStreamException {
        xml.writeAttribute(name, printable(value));
    }

    private static String name(final PlanResult plan) {
        return plan.plan().file().getFileName().toString().replaceFirst("\\.[^.]*$", "");
    }

    private static String seconds(final double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }

    /** XML 1.0 has no place for most control characters, not even escaped. */
    private static String printable(final String text) {
        final StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> printable.appendCodePoint(hasPlace(c) ? c : '?'));
        return printable.toString();
    }

    private static boolean hasPlace(final int c) {
        final boolean control = c < ' ' && c != '\n' && c != '\t';
        final boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return !control && !surrogate && c != 0xFFFE && c != 0xFFFF;
    }
}
