package dev.siamese.cli;

import dev.siamese.data.Fit;
import dev.siamese.data.ImageShape;
import dev.siamese.data.ImageSize;
import dev.siamese.data.Ink;
import dev.siamese.data.ReadSettings;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** What images become, where no model says it. */
final class ImageOptions {
  @Option(
      names = "--image-size",
      paramLabel = "HEIGHTxWIDTH",
      description =
          "Bring images to this size. Default: the network's; without --network and --from that of"
              + " most images, if it is at most 128x128, else 64x64.")
  private String imageSize;

  @Option(
      names = "--channels",
      paramLabel = "1|3",
      description = "Bring images to grey (1) or to colours (3). Default: as most images are.")
  private Integer channels;

  /**
   * How images are to be read.
   *
   * @param data what else the user says of them
   * @param network the shape of a network's images, if one is given
   * @param fit how pictures are brought to their size
   * @param ink what is done to pictures
   * @throws IllegalArgumentException when an option is none of its values or unlike the network
   */
  ReadSettings settings(ReadSettings data, Optional<ImageShape> network, Fit fit, Ink ink) {
    Optional<ImageSize> size = Optional.ofNullable(imageSize).map(ImageSize::of);
    OptionalInt wanted = channels == null ? OptionalInt.empty() : OptionalInt.of(channels);
    ReadSettings settings = data.withImages(size, wanted, fit, ink);
    ImageShape shape = settings.shape(network.orElse(ImageShape.MNIST));
    if (network.isEmpty()) {
      return settings;
    }
    if (!network.get().equals(shape)) {
      throw new IllegalArgumentException(
          "expected images of the network's %s, found %s by --image-size or --channels"
              .formatted(network.get(), shape));
    }
    return data.withImages(
        Optional.of(new ImageSize(shape.height(), shape.width())),
        OptionalInt.of(shape.channels()),
        fit,
        ink);
  }
}
