package io.padrec.standalone.reproduce;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The report as one file for a browser, which loads nothing: tables that sort by any column, the figures drawn, and every figure
 * of the JSON. It is well-formed XML too.
 */
record Page(Tables report) {
    private static final String STYLE = """
            body { font-family: sans-serif; margin: 2rem; max-width: 80rem; }
            figure { margin: 1rem 0; }
            img { max-width: 100%; height: auto; }
            table { border-collapse: collapse; }
            th, td { border-bottom: 1px solid #999; padding: .2rem .5rem; text-align: right; white-space: nowrap; }
            th:first-child { text-align: left; }
            th button { font: inherit; border: 0; background: none; padding: 0; cursor: pointer; }
            th[aria-sort=ascending] button::after { content: ' ▲'; }
            th[aria-sort=descending] button::after { content: ' ▼'; }
            details { margin: 1rem 0; overflow-x: auto; }
            """;
    /** Written without the characters that XML would have escaped. A cell without a figure is less than any. */
    private static final String SORT = """
            document.querySelectorAll('th button').forEach(button => button.addEventListener('click', () => {
              const head = button.parentNode, column = head.cellIndex, body = head.closest('table').tBodies[0];
              const order = head.getAttribute('aria-sort') === 'descending' ? 'ascending' : 'descending';
              const text = row => row.cells[column].textContent;
              const number = row => { const value = parseFloat(text(row)); return isNaN(value) ? -Infinity : value; };
              const compare = column === 0 ? (a, b) => text(a).localeCompare(text(b), 'en')
                  : (a, b) => number(a) === number(b) ? 0 : number(a) > number(b) ? 1 : -1;
              head.parentNode.querySelectorAll('th').forEach(other => other.removeAttribute('aria-sort'));
              head.setAttribute('aria-sort', order);
              Array.from(body.rows).sort((a, b) => order === 'ascending' ? compare(a, b) : compare(b, a))
                  .forEach(row => body.append(row));
            }));
            """;

    String html() {
        StringBuilder out = new StringBuilder("<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"en\">\n<head>\n");
        out.append("<meta charset=\"utf-8\"/>\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; ")
                .append("style-src 'unsafe-inline'; script-src 'unsafe-inline'\"/>\n")
                .append("<meta name=\"viewport\" content=\"width=device-width\"/>\n")
                .append(element("title", report.heading())).append("<style>\n").append(STYLE).append("</style>\n</head>\n<body>\n")
                .append(element("h1", report.heading())).append(element("p", report.legend()));
        report.sections().forEach(section -> out.append(section(section)));
        if (!report.left().isEmpty()) {
            out.append(element("p", report.left()));
        }
        return out.append("<script>\n").append(SORT).append("</script>\n</body>\n</html>\n").toString();
    }

    private static String section(Section section) {
        StringBuilder out = new StringBuilder("<section id=\"" + section.table().name().toLowerCase(Locale.ROOT) + "\">\n");
        out.append(element("h2", section.title()));
        if (section.rows().isEmpty()) {
            return out.append(element("p", "No row is measured yet.")).append("</section>\n").toString();
        }
        out.append(image(Figure.of(section))).append(table(Section.HEADINGS, section.rows().stream().map(Section::cells).toList()));
        List<String> figures = section.figures();
        List<String> headings = new ArrayList<>(List.of("row"));
        headings.addAll(figures);
        return out.append("<details>\n").append(element("summary", "Every figure of these rows"))
                .append(table(headings, section.rows().stream().map(row -> everything(row, figures)).toList()))
                .append("</details>\n</section>\n").toString();
    }

    private static List<String> everything(Map<?, ?> row, List<String> figures) {
        List<String> cells = new ArrayList<>(List.of((String) row.get("row")));
        figures.forEach(figure -> cells.add(Section.figure(row, figure)));
        return cells;
    }

    private static String image(Figure figure) {
        return "<figure>\n<img width=\"" + Drawing.WIDTH + "\" height=\"" + Drawing.HEIGHT + "\" alt=\"" + escaped(figure.finding())
                + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(Drawing.png(figure)) + "\"/>\n"
                + element("figcaption", "A whisker reaches half the width of the bar's 95 % interval up and down; the tables have the ends "
                        + "of the interval.") + "</figure>\n";
    }

    private static String table(List<String> headings, List<List<String>> rows) {
        StringBuilder out = new StringBuilder("<table>\n<thead><tr>");
        headings.forEach(heading -> out.append("<th scope=\"col\"><button type=\"button\">").append(escaped(heading))
                .append("</button></th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            out.append("<tr><th scope=\"row\">").append(escaped(row.getFirst())).append("</th>");
            row.stream().skip(1).forEach(cell -> out.append("<td>").append(escaped(cell)).append("</td>"));
            out.append("</tr>\n");
        }
        return out.append("</tbody>\n</table>\n").toString();
    }

    private static String element(String name, String text) {
        return "<" + name + ">" + escaped(text) + "</" + name + ">\n";
    }

    /** Text as it may stand between tags and between quotes; control characters, which XML has no way to write, are replaced. */
    private static String escaped(String text) {
        return text.replaceAll("[\\p{Cntrl}\\uFFFE\\uFFFF&&[^\\t\\n\\r]]", "\uFFFD").replace("&", "&amp;").replace("<", "&lt;")
                .replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }
}
