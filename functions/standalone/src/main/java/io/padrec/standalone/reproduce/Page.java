package io.padrec.standalone.reproduce;

import io.padrec.standalone.reproduce.Part.Grid;
import java.util.Base64;
import java.util.List;

/**
 * The report as one file for a browser, which loads nothing: tables that sort by any column, the figures drawn, and every figure
 * of the JSON's tables. It is well-formed XML too.
 *
 * @param times parts for the browser alone, since they tell of a machine and not of the rows
 */
record Page(Tables report, List<Part> times) {
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
        report.parts().forEach(part -> out.append(section(part)));
        times.forEach(part -> out.append(section(part)));
        if (!report.left().isEmpty()) {
            out.append(element("p", report.left()));
        }
        return out.append("<script>\n").append(SORT).append("</script>\n</body>\n</html>\n").toString();
    }

    private static String section(Part part) {
        StringBuilder out = new StringBuilder("<section id=\"" + part.id() + "\">\n").append(element("h2", part.title()));
        if (!part.note().isEmpty()) {
            out.append(element("p", part.note()));
        }
        if (part.table().rows().isEmpty()) {
            return out.append(element("p", "No row is measured yet.")).append("</section>\n").toString();
        }
        part.pictures().forEach(picture -> out.append(image(picture)));
        out.append(table(part.table()));
        if (part.details() != null) {
            out.append("<details>\n").append(element("summary", "Every figure of these rows")).append(table(part.details()))
                    .append("</details>\n");
        }
        return out.append("</section>\n").toString();
    }

    private static String image(Picture picture) {
        return "<figure>\n<img width=\"" + Drawing.WIDTH + "\" height=\"" + Drawing.HEIGHT + "\" alt=\"" + escaped(picture.finding())
                + "\" src=\"data:image/png;base64," + Base64.getEncoder().encodeToString(Drawing.png(picture)) + "\"/>\n"
                + element("figcaption", picture.caption()) + "</figure>\n";
    }

    private static String table(Grid grid) {
        StringBuilder out = new StringBuilder("<table>\n<thead><tr>");
        grid.headings().forEach(heading -> out.append("<th scope=\"col\"><button type=\"button\">").append(escaped(heading))
                .append("</button></th>"));
        out.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : grid.rows()) {
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
