package dev.siamese.evaluation;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Finds the least value of a smooth convex function by the method of Nocedal, "Updating
 * Quasi-Newton Matrices with Limited Storage" (1980), halving steps until they lower the value
 * enough.
 */
final class QuasiNewton {
  /** Steps whose curvature is remembered. */
  private static final int REMEMBERED = 10;

  /** The largest derivative that is taken for 0. */
  private static final double TOLERANCE = 1e-5;

  private static final int MOST_STEPS = 1000;
  private static final int MOST_HALVINGS = 40;

  /** The share of the fall that the slope promises, as Armijo has it. */
  private static final double ENOUGH = 1e-4;

  private QuasiNewton() {}

  /** A function of many variables. */
  interface Function {
    /** How many there are. */
    int variables();

    /**
     * The value at a point.
     *
     * @param gradient takes the derivative by each variable
     */
    double at(double[] point, double[] gradient);

    /** Divides a gradient by what the second derivatives are about. */
    void divide(double[] gradient);
  }

  /** A step, and how the gradient changed along it. */
  private record Step(double[] moved, double[] turned, double product) {}

  /**
   * The point of the least value, from the origin on.
   *
   * <p>where rounding lets no step lower the value any more, the point is taken as it is
   */
  static double[] minimize(Function function) {
    int variables = function.variables();
    double[] point = new double[variables];
    double[] gradient = new double[variables];
    double value = function.at(point, gradient);
    Deque<Step> steps = new ArrayDeque<>();
    for (int taken = 0; taken < MOST_STEPS && largest(gradient) > TOLERANCE; taken++) {
      double[] direction = direction(function, gradient, steps);
      double slope = dot(direction, gradient);
      double length = 1;
      double[] next = new double[variables];
      double[] nextGradient = new double[variables];
      double nextValue = Double.POSITIVE_INFINITY;
      for (int halved = 0; halved < MOST_HALVINGS; halved++, length /= 2) {
        for (int i = 0; i < variables; i++) {
          next[i] = point[i] + length * direction[i];
        }
        nextValue = function.at(next, nextGradient);
        if (nextValue <= value + ENOUGH * length * slope) {
          break;
        }
      }
      if (!(nextValue < value)) {
        break;
      }
      remember(steps, difference(next, point), difference(nextGradient, gradient));
      point = next;
      gradient = nextGradient;
      value = nextValue;
    }
    return point;
  }

  private static void remember(Deque<Step> steps, double[] moved, double[] turned) {
    double product = dot(moved, turned);
    if (product > 0) {
      steps.addLast(new Step(moved, turned, product));
      if (steps.size() > REMEMBERED) {
        steps.removeFirst();
      }
    }
  }

  /** Downhill, as the remembered curvature says: the two loops of the method. */
  private static double[] direction(Function function, double[] gradient, Deque<Step> steps) {
    double[] direction = new double[gradient.length];
    add(direction, -1, gradient);
    double[] shares = new double[steps.size()];
    int position = steps.size();
    for (Iterator<Step> newest = steps.descendingIterator(); newest.hasNext(); ) {
      Step step = newest.next();
      shares[--position] = dot(step.moved, direction) / step.product;
      add(direction, -shares[position], step.turned);
    }
    function.divide(direction);
    if (!steps.isEmpty()) {
      Step last = steps.getLast();
      double[] divided = last.turned.clone();
      function.divide(divided);
      double scale = last.product / dot(last.turned, divided);
      for (int i = 0; i < direction.length; i++) {
        direction[i] *= scale;
      }
    }
    for (Step step : steps) {
      add(direction, shares[position++] - dot(step.turned, direction) / step.product, step.moved);
    }
    return direction;
  }

  private static double largest(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }

  private static double[] difference(double[] one, double[] other) {
    double[] difference = one.clone();
    add(difference, -1, other);
    return difference;
  }

  private static void add(double[] sum, double factor, double[] values) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * values[i];
    }
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
