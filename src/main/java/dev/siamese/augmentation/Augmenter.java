package dev.siamese.augmentation;

import dev.siamese.data.ImageShape;
import dev.siamese.data.RandomStream;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Changes images of one shape at random. Any number of threads may use one; what becomes of an
 * image depends on nothing but its bytes and the generator that it is given.
 */
public final class Augmenter {
  private final List<StrokeWidth> strokes;
  private final List<GeometricChange> moves;
  private final List<Elastic> bends;
  private final List<ValueChange> values;
  private final ImageShape shape;
  private final Warp warp;
  private final ThreadLocal<Workspace> workspaces;

  /** Changes images of this shape. */
  public Augmenter(Augmentation augmentation, ImageShape shape) {
    strokes = augmentation.changes(StrokeWidth.class);
    moves = augmentation.changes(GeometricChange.class);
    bends = augmentation.changes(Elastic.class);
    values = augmentation.changes(ValueChange.class);
    this.shape = shape;
    warp = new Warp(shape, augmentation.outside());
    workspaces = ThreadLocal.withInitial(() -> new Workspace(shape));
  }

  /**
   * The generator of one view of an image: the same for the same numbers, and unlike all others.
   *
   * @param seed of the run
   * @param epoch in which the image is shown
   * @param image its position in the data set
   * @param view which of its views in that epoch, 0 where there is one
   */
  public static SplittableRandom generator(long seed, long epoch, int image, int view) {
    return generator(RandomStream.AUGMENTATION, seed, epoch, image, view);
  }

  /** The same of another stream, for a round of another kind. */
  static SplittableRandom generator(
      RandomStream stream, long seed, long round, int image, int view) {
    long ofRound = stream.generator(seed, round).nextLong();
    return new SplittableRandom(ofRound + ((long) view << Integer.SIZE) + image);
  }

  /**
   * Changes an image.
   *
   * @param source holds (height, width, channels) unsigned bytes from {@code start} on
   * @param target takes the changed ones from {@code targetStart} on; it may be the source
   * @param random draws all amounts
   */
  public void apply(
      byte[] source, int start, byte[] target, int targetStart, SplittableRandom random) {
    Workspace work = workspaces.get();
    work.begin(source, start);
    for (StrokeWidth change : strokes) {
      change.apply(work, random);
    }
    for (GeometricChange change : moves) {
      change.add(work.map(), shape, random);
    }
    for (Elastic change : bends) {
      change.displace(work, random);
    }
    warp.apply(work);
    for (ValueChange change : values) {
      change.apply(work, random);
    }
    work.end(target, targetStart);
  }
}
