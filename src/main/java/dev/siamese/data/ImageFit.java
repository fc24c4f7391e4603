package dev.siamese.data;

/** Brings images of one shape to another one's size and channels, on black ground. */
final class ImageFit {
  private static final double BLACK = 0;

  private final ImageShape source;
  private final ImageShape target;

  /** The target's size in as few channels as either has: what is worked on. */
  private final ImageShape resampled;

  private final Resampling resampling;

  ImageFit(ImageShape source, ImageShape target) {
    this.source = source;
    this.target = target;
    int channels = Math.min(source.channels(), target.channels());
    resampled = new ImageShape(target.height(), target.width(), channels);
    resampling =
        new Resampling(
            source.height(), source.width(), resampled, Fit.PAD, Resampling.Enlargement.BILINEAR);
  }

  /** Reads an image at one place of an array and writes it to one of another. */
  void apply(byte[] from, int start, byte[] to, int targetStart) {
    if (source.channels() > resampled.channels()) {
      byte[] grey = Channels.toGrey(from, start, source.height() * source.width());
      resampling.apply(grey, 0, BLACK, to, targetStart);
    } else if (target.channels() > resampled.channels()) {
      byte[] grey = new byte[resampled.pixels()];
      resampling.apply(from, start, BLACK, grey, 0);
      Channels.toColour(grey, to, targetStart);
    } else {
      resampling.apply(from, start, BLACK, to, targetStart);
    }
  }
}
