package io.padrec.standalone.reproduce;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.padrec.core.Catalogue;
import io.padrec.core.Histories;
import io.padrec.core.Json;
import io.padrec.core.Ranks;
import io.padrec.core.Snapshot;
import io.padrec.training.Recipe;
import io.padrec.training.Variant;
import io.padrec.training.Variant.Table;
import io.padrec.training.Variants;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class PageTest {
    private static final List<Variant> ROWS = Variants.of(Recipe.paper());
    private static final int USERS = 40;
    /** What a row has besides figures. */
    private static final List<String> WORDS = List.of("row", "recipe", "measured", "seeds", "against");

    private static Tables tables(String dataset, int hits, List<String> left, List<Table> tables) {
        Snapshot snapshot = new Snapshot(new Catalogue(List.of("a", "b", "c", "d"), List.of("a", "b", "c", "d")),
                new Histories.Builder().add("u", 1, 2, 3).add("v", 1, 2, 4).build(), new float[10], 2);
        Comparison comparison = new Comparison(snapshot.bins(), "PAD");
        int[] users = IntStream.range(0, USERS).toArray();
        int[] targets = Arrays.stream(users).map(user -> 1 + user % 4).toArray();
        for (int r = 0; r < ROWS.size(); r++) {
            int above = Math.min(USERS, hits * (r + 1));
            int[] ranks = Arrays.stream(users).map(user -> user < above ? 1 + user % 10 : Ranks.MISS).toArray();
            comparison.add(ROWS.get(r), 1, new Ranks(users, targets, ranks));
        }
        return Tables.of(Map.of("dataset", dataset, "split", "temporal", "recipe", "paper", "backbone", "Caser", "seeds", List.of(1),
                "users", USERS, "items", 4), tables, ROWS, comparison, left);
    }

    private static Tables all() {
        return tables("tiny", 1, List.of(),
                List.of(Table.MAIN, Table.FIG2, Table.FIG4, Table.FIG5A, Table.FIG5B, Table.BEYOND));
    }

    private static Document parsed(String html) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(html)));
    }

    private static List<Element> elements(Document page, String name) {
        NodeList nodes = page.getElementsByTagName(name);
        return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
    }

    @Test
    void theSameRowsGiveTheSameBytes() {
        assertEquals(new Page(all(), List.of()).html(), new Page(all(), List.of()).html());
    }

    @Test
    void everyRowAndEveryFigureOfTheJsonIsOnThePage() throws Exception {
        Tables tables = all();
        Document page = parsed(new Page(tables, List.of()).html());
        Map<?, ?> byTable = (Map<?, ?>) Json.parseObject(tables.pretty()).get("tables");
        assertEquals(6, byTable.size());
        for (Map.Entry<?, ?> table : byTable.entrySet()) {
            Element section = elements(page, "section").stream().filter(element -> element.getAttribute("id").equals(table.getKey()))
                    .findFirst().orElseThrow();
            for (Object entry : (List<?>) table.getValue()) {
                Map<?, ?> row = (Map<?, ?>) entry;
                List<String> cells = cells(section, (String) row.get("row"));
                row.forEach((name, value) -> {
                    if (!WORDS.contains(name)) {
                        String figure = figure((String) name, value);
                        assertTrue(cells.contains(figure), () -> row.get("row") + ": no " + name + " " + figure + " in " + cells);
                    }
                });
            }
        }
    }

    /** Of all rows of that name in a section's tables. */
    private static List<String> cells(Element section, String row) {
        List<String> cells = new ArrayList<>();
        NodeList rows = section.getElementsByTagName("tr");
        for (int r = 0; r < rows.getLength(); r++) {
            NodeList children = rows.item(r).getChildNodes();
            if (children.item(0).getTextContent().equals(row)) {
                IntStream.range(1, children.getLength()).forEach(c -> cells.add(children.item(c).getTextContent()));
            }
        }
        return cells;
    }

    private static String figure(String name, Object value) {
        if (value instanceof List<?> several) {
            return String.join(name.endsWith("ci95") ? " – " : ", ", several.stream().map(one -> figure("", one)).toList());
        }
        double number = ((Number) value).doubleValue();
        return name.equals("p") ? String.format(Locale.ROOT, "%.4f", number)
                : String.format(Locale.ROOT, name.contains("difference") ? "%+.2f" : "%.2f", 100 * number);
    }

    @Test
    void everyTableIsDrawnAndTheDrawingSaysInWordsWhatItShows() throws Exception {
        List<Element> images = elements(parsed(new Page(all(), List.of()).html()), "img");
        assertEquals(6, images.size());
        for (Element image : images) {
            BufferedImage drawn = drawn(image);
            assertEquals(2 * Drawing.WIDTH, drawn.getWidth());
            assertTrue(image.getAttribute("alt").matches("(?s).*[Hh]ighest .* \\d+\\.\\d\\d per cent.*"), image.getAttribute("alt"));
        }
        String main = images.getFirst().getAttribute("alt");
        assertTrue(main.startsWith("HR@10 and nDCG@10 of 11 rows. The highest nDCG@10 is ") && main.contains(", of PAD.")
                && main.contains("of 10 rows compared with it, ") && main.contains(" below it and 0 above it at p < 0.05."), main);
        String byFrequency = images.get(1).getAttribute("alt");
        assertTrue(byFrequency.contains("Highest on targets that are warm: PAD, 30.00 per cent"), byFrequency);
    }

    private static BufferedImage drawn(Element image) throws IOException {
        String prefix = "data:image/png;base64,";
        assertTrue(image.getAttribute("src").startsWith(prefix));
        return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(image.getAttribute("src").substring(prefix.length()))));
    }

    @Test
    void whatComesFromDataIsText() throws Exception {
        String html = new Page(tables("<b>\"R&D's\"</b>\u0001", 1, List.of("<i>PAD</i> (seed 1)"), List.of(Table.MAIN)), List.of()).html();
        Document page = parsed(html);
        assertEquals("<b>\"R&D's\"</b>\uFFFD, recipe paper, Caser, seeds [1]", elements(page, "h1").getFirst().getTextContent());
        assertEquals("Still to be measured: <i>PAD</i> (seed 1).", elements(page, "p").getLast().getTextContent());
        assertTrue(elements(page, "b").isEmpty() && elements(page, "i").isEmpty());
    }

    @Test
    void rowsThatHitNothingAndTablesWithoutRowsHaveAPageToo() throws Exception {
        Document nothing = parsed(new Page(tables("tiny", 0, List.of(), List.of(Table.MAIN, Table.FIG2)), List.of()).html());
        assertEquals(2, elements(nothing, "img").size());
        assertTrue(elements(nothing, "img").getLast().getAttribute("alt").contains("No row hits a target that is cold."));
        Tables empty = Tables.of(Map.of("dataset", "tiny"), List.of(Table.FIG4), List.of(), new Comparison(null, "PAD"), List.of());
        assertEquals("No row is measured yet.", elements(parsed(new Page(empty, List.of()).html()), "p").getLast().getTextContent());
    }

    @Test
    void thePageLoadsNothing() throws Exception {
        Document page = parsed(new Page(all(), List.of()).html());
        assertTrue(elements(page, "link").isEmpty() && elements(page, "iframe").isEmpty());
        assertTrue(elements(page, "script").stream().noneMatch(script -> script.hasAttribute("src")));
        assertTrue(elements(page, "style").stream().noneMatch(style -> style.getTextContent().contains("url(")));
    }
}
