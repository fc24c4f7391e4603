package dev.siamese.chart;

import java.awt.Dimension;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.RenderedImage;
import java.io.IOException;
import java.io.OutputStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.DefaultExtensionHandler;
import org.apache.batik.svggen.ImageHandlerBase64Encoder;
import org.apache.batik.svggen.SVGGraphics2D;
import org.apache.batik.svggen.SVGGraphics2DIOException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** Records a drawing as SVG, with text as text that can be searched and edited. */
final class SvgGraphics extends SVGGraphics2D {
  private final int width;
  private final int height;
  private final Graphics2D measuring;

  SvgGraphics(int width, int height) {
    super(emptyDocument(), new EmbeddedPng(), new DefaultExtensionHandler(), false);
    this.width = width;
    this.height = height;
    setSVGCanvasSize(new Dimension(width, height));
    measuring = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
    measuring.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
  }

  /** The exact widths that SVG viewers use; Batik itself measures in whole pixels. */
  @Override
  public FontMetrics getFontMetrics(Font font) {
    return measuring.getFontMetrics(font);
  }

  @Override
  public void dispose() {
    measuring.dispose();
    super.dispose();
  }

  /** Writes what was drawn; afterwards the recording is empty. */
  void writeTo(OutputStream out) throws IOException {
    Element svg = getRoot();
    svg.setAttribute("viewBox", "0 0 %d %d".formatted(width, height));
    try {
      TransformerFactory.newInstance()
          .newTransformer()
          .transform(new DOMSource(svg), new StreamResult(out));
    } catch (TransformerException e) {
      throw new IOException("cannot write SVG", e);
    }
  }

  /** Writes images into the document; Batik itself can do it only with one more library. */
  private static final class EmbeddedPng extends ImageHandlerBase64Encoder {
    @Override
    public void encodeImage(RenderedImage image, OutputStream out) throws SVGGraphics2DIOException {
      try {
        ImageIO.write(image, "png", out);
      } catch (IOException e) {
        throw new SVGGraphics2DIOException("cannot write an image into SVG", e);
      }
    }
  }

  private static Document emptyDocument() {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .getDOMImplementation()
          .createDocument("http://www.w3.org/2000/svg", "svg", null);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("expected an XML parser with default settings", e);
    }
  }
}
