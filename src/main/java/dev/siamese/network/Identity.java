package dev.siamese.network;

/** Changes nothing. */
public record Identity() implements SingleInputLayer {}
