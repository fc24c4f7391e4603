package dev.siamese.data;

/** Is told what happens while a data set is looked for. */
public interface DatasetListener {
  /** Something the user must know, for instance that another data set is used than hoped for. */
  void notice(String message);

  /**
   * A download goes on.
   *
   * @param bytes received so far, of all files
   * @param total to be received in the end
   */
  void downloading(long bytes, long total);
}
