/**
 * Finding the embeddings that are nearest to another one. Knows neither pictures nor models: what
 * it holds are names with vectors.
 *
 * <p>Start at {@link dev.siamese.search.EmbeddingIndex}, whose three methods have two
 * implementations. {@link dev.siamese.search.ExactIndex} looks at every vector, in memory, as fast
 * as memory is read. {@link dev.siamese.search.LuceneIndex} is a folder on disk that finds almost
 * always the same by looking at few: a graph of neighbours (HNSW) that Apache Lucene keeps, with
 * deletes, merges and commits that survive a crash. An {@link dev.siamese.search.IndexDescription}
 * in every commit tells of which model its embeddings are; a {@link
 * dev.siamese.search.LuceneReader} searches without keeping writers out.
 *
 * <p>To add one more kind of index, implement the interface and add it to the table of the test of
 * its laws, which all kinds have to pass. To add a {@link dev.siamese.search.Metric}, say how
 * vectors are prepared so that the order of their Euclidean distances is the metric's.
 */
package dev.siamese.search;
