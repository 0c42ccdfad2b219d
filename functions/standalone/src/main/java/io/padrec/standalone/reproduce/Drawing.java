package io.padrec.standalone.reproduce;

import io.padrec.standalone.reproduce.Figure.Bars;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import javax.imageio.ImageIO;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.CategoryStyler;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * A picture in shades of grey: bars, each with its height in figures at its foot; lines, told apart by their dashes and points too. The
 * same picture gives the same bytes on one machine.
 */
final class Drawing {
    static final int WIDTH = 1100;
    static final int HEIGHT = 480;
    /** Pixels of the image for each of the page's, so that print is sharp. */
    private static final int SHARPNESS = 2;
    /** Black figures are read on all of them, and the lightest is told from the paper. */
    private static final int DARKEST = 125;
    private static final int LIGHTEST = 220;
    private static final BasicStroke[] DASHES = {SeriesLines.SOLID, SeriesLines.DASH_DASH, SeriesLines.DOT_DOT, SeriesLines.DASH_DOT};
    private static final Marker[] POINTS = {SeriesMarkers.CIRCLE, SeriesMarkers.SQUARE, SeriesMarkers.TRIANGLE_UP, SeriesMarkers.DIAMOND,
        SeriesMarkers.CROSS};
    private static final Color[] SHADES = {Color.BLACK, new Color(DARKEST, DARKEST, DARKEST)};

    static {
        // Otherwise AWT looks for a screen, and fails where DISPLAY names one that is gone.
        System.setProperty("java.awt.headless", "true");
    }

    private Drawing() {
    }

    static byte[] png(Picture picture) {
        BufferedImage image = new BufferedImage(WIDTH * SHARPNESS, HEIGHT * SHARPNESS, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(SHARPNESS, SHARPNESS);
        Chart<?, ?> chart = switch (picture) {
            case Figure figure -> bars(figure);
            case Lines lines -> lines(lines);
        };
        chart.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", png);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return png.toByteArray();
    }

    private static CategoryChart bars(Figure figure) {
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).yAxisTitle(figure.axis()).build();
        style(chart.getStyler());
        DoubleSummaryStatistics heights = figure.bars().stream().flatMap(bars -> bars.heights().stream()).mapToDouble(h -> h)
                .summaryStatistics();
        chart.getStyler().setYAxisMin(Math.min(0, heights.getMin()));
        if (heights.getMin() == 0 && heights.getMax() == 0) {
            // An axis from 0 to 0 has no scale.
            chart.getStyler().setYAxisMax(1.0);
        }
        List<Bars> bars = figure.bars();
        for (int b = 0; b < bars.size(); b++) {
            Bars series = bars.get(b);
            int grey = DARKEST + (LIGHTEST - DARKEST) * b / Math.max(1, bars.size() - 1);
            chart.addSeries(series.name(), figure.groups(), series.heights(), series.whiskers())
                    .setFillColor(new Color(grey, grey, grey));
        }
        return chart;
    }

    private static XYChart lines(Lines figure) {
        XYChart chart = new XYChartBuilder().width(WIDTH).height(HEIGHT).xAxisTitle(figure.xAxis()).yAxisTitle(figure.yAxis()).build();
        plain(chart.getStyler());
        chart.getStyler().setXAxisMin(0.0);
        chart.getStyler().setYAxisMin(0.0);
        if (figure.lines().stream().flatMap(line -> line.ys().stream()).allMatch(y -> y == 0)) {
            chart.getStyler().setYAxisMax(1.0);
        }
        for (int l = 0; l < figure.lines().size(); l++) {
            Lines.Line line = figure.lines().get(l);
            Color shade = SHADES[l / DASHES.length % SHADES.length];
            XYSeries series = chart.addSeries(line.name(), line.xs(), line.ys());
            series.setLineColor(shade).setLineWidth(1.5f).setLineStyle(DASHES[l % DASHES.length]);
            series.setMarker(POINTS[l % POINTS.length]).setMarkerColor(shade);
        }
        return chart;
    }

    private static void plain(AxesChartStyler style) {
        style.setLocale(Locale.ROOT);
        style.setChartTitleVisible(false);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setLegendPosition(LegendPosition.OutsideS);
        style.setLegendLayout(LegendLayout.Horizontal);
        style.setYAxisDecimalPattern("0.00");
    }

    private static void style(CategoryStyler style) {
        plain(style);
        style.setXAxisLabelRotation(30);
        style.setErrorBarsColor(Color.BLACK);
        style.setLabelsVisible(true);
        style.setLabelsPosition(0);
        style.setLabelsFontColorAutomaticEnabled(false);
        style.setLabelsFontColor(Color.BLACK);
        style.setLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 10));
    }
}
