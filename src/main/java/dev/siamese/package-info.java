/**
 * What a program that uses this one as a library starts with: {@link dev.siamese.SiameseModel}
 * loads any model and asks it. It only brings together what the packages below do, and none of them
 * but the command line knows it.
 *
 * <p>What else a program may want is in those: {@code training} trains, {@code search} finds
 * neighbours, {@code exchange} writes models, {@code evaluation} measures them.
 */
package dev.siamese;
