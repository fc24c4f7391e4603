package dev.siamese.model;

import dev.siamese.network.Weights;

/**
 * The definition of {@link Networks#reference} in plain Java with doubles, written for nothing but
 * to be obviously right: whole images, bias and ReLU before pooling, one value after the other.
 */
public final class PlainNetwork {
  private final double[][] parameters;

  public PlainNetwork(Weights weights) {
    parameters = new double[weights.parameters().size()][];
    for (int i = 0; i < parameters.length; i++) {
      float[] values = weights.values(i);
      parameters[i] = new double[values.length];
      for (int j = 0; j < values.length; j++) {
        parameters[i][j] = values[j];
      }
    }
  }

  /** The values of a parameter, which may be changed. */
  public double[] values(int parameter) {
    return parameters[parameter];
  }

  /** The embedding of one image of 28×28, 0 to 1. */
  public double[] embed(double[][] image) {
    double[][][] maps = new double[image.length][image.length][1];
    for (int row = 0; row < image.length; row++) {
      for (int column = 0; column < image.length; column++) {
        maps[row][column][0] = image[row][column];
      }
    }
    maps = pool(convolve(maps, parameters[0], parameters[1]));
    maps = pool(convolve(maps, parameters[2], parameters[3]));
    maps = pool(convolve(maps, parameters[4], parameters[5]));
    return dense(average(maps));
  }

  /** Mean contrastive loss of pairs. */
  public double loss(double[][][] first, double[][][] second, int[] labels, double margin) {
    double sum = 0;
    for (int pair = 0; pair < labels.length; pair++) {
      double distance = distance(embed(first[pair]), embed(second[pair]));
      sum +=
          labels[pair] == 1
              ? distance * distance / 2
              : Math.pow(Math.max(0, margin - distance), 2) / 2;
    }
    return sum / labels.length;
  }

  public static double distance(double[] first, double[] second) {
    double squared = 0;
    for (int i = 0; i < first.length; i++) {
      squared += Math.pow(first[i] - second[i], 2);
    }
    return Math.sqrt(squared);
  }

  private static double[][][] convolve(double[][][] maps, double[] kernel, double[] bias) {
    int size = maps.length - 1;
    int inputs = maps[0][0].length;
    int outputs = bias.length;
    double[][][] result = new double[size][size][outputs];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        for (int output = 0; output < outputs; output++) {
          double sum = bias[output];
          for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 2; j++) {
              for (int input = 0; input < inputs; input++) {
                sum +=
                    maps[row + i][column + j][input]
                        * kernel[((i * 2 + j) * inputs + input) * outputs + output];
              }
            }
          }
          result[row][column][output] = Math.max(0, sum);
        }
      }
    }
    return result;
  }

  private static double[][][] pool(double[][][] maps) {
    int size = maps.length / 2;
    double[][][] result = new double[size][size][maps[0][0].length];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        for (int channel = 0; channel < result[0][0].length; channel++) {
          result[row][column][channel] =
              Math.max(
                  Math.max(
                      maps[2 * row][2 * column][channel], maps[2 * row][2 * column + 1][channel]),
                  Math.max(
                      maps[2 * row + 1][2 * column][channel],
                      maps[2 * row + 1][2 * column + 1][channel]));
        }
      }
    }
    return result;
  }

  private static double[] average(double[][][] maps) {
    double[] averages = new double[maps[0][0].length];
    for (double[][] row : maps) {
      for (double[] position : row) {
        for (int channel = 0; channel < averages.length; channel++) {
          averages[channel] += position[channel] / (maps.length * maps.length);
        }
      }
    }
    return averages;
  }

  private double[] dense(double[] inputs) {
    double[] outputs = parameters[7].clone();
    for (int input = 0; input < inputs.length; input++) {
      for (int output = 0; output < outputs.length; output++) {
        outputs[output] += inputs[input] * parameters[6][input * outputs.length + output];
      }
    }
    return outputs;
  }
}
