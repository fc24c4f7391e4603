package dev.siamese.evaluation;

/** Finds the value of a rank without sorting: Hoare, "Algorithm 65: Find" (1961). */
final class Quickselect {
  private Quickselect() {}

  /**
   * The k-th smallest value.
   *
   * @param values without NaN; they are reordered
   * @param k from 1 to the number of values
   */
  static float smallest(float[] values, int k) {
    int wanted = k - 1;
    int from = 0;
    int to = values.length - 1;
    while (from < to) {
      float pivot = middleOfThree(values[from], values[(from + to) >>> 1], values[to]);
      int left = from;
      int right = to;
      while (left <= right) {
        while (values[left] < pivot) {
          left++;
        }
        while (values[right] > pivot) {
          right--;
        }
        if (left <= right) {
          float swapped = values[left];
          values[left++] = values[right];
          values[right--] = swapped;
        }
      }
      if (wanted <= right) {
        to = right;
      } else if (wanted >= left) {
        from = left;
      } else {
        break;
      }
    }
    return values[wanted];
  }

  private static float middleOfThree(float one, float other, float third) {
    return Math.max(Math.min(one, other), Math.min(Math.max(one, other), third));
  }
}
