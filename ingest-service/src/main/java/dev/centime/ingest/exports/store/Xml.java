package dev.centime.ingest.exports.store;

import java.io.StringReader;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** The few words that are read of a store's answers. Whoever answers may be anybody: nothing outside of the text is ever read. */
final class Xml {
    private static final XMLInputFactory FACTORY = XMLInputFactory.newDefaultFactory();

    static {
        FACTORY.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        FACTORY.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private Xml() {}

    /** The name of the outermost element; the empty text when there is none. */
    static String root(String text) {
        return find(text, null).map(XMLStreamReader::getLocalName).orElse("");
    }

    /** What the first element of a name holds; empty when there is none, or when it cannot be read. */
    static Optional<String> text(String text, String element) {
        return find(text, element).flatMap(reader -> {
            try {
                return Optional.of(reader.getElementText().strip());
            } catch (XMLStreamException e) {
                return Optional.empty();
            }
        });
    }

    /** Text within an element. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /** At the first element of a name, or at the first of all for null. */
    private static Optional<XMLStreamReader> find(String text, @org.jspecify.annotations.Nullable String element) {
        if (!text.stripLeading().startsWith("<")) {
            return Optional.empty();
        }
        try {
            var reader = FACTORY.createXMLStreamReader(new StringReader(text.stripLeading()));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT
                        && (element == null || reader.getLocalName().equals(element))) {
                    return Optional.of(reader);
                }
            }
            return Optional.empty();
        } catch (XMLStreamException e) {
            return Optional.empty();
        }
    }
}
