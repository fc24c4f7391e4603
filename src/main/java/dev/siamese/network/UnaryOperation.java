package dev.siamese.network;

/**
 * One of Keras's operations on each value.
 *
 * @param function which one
 */
public record UnaryOperation(Function function) implements SingleInputLayer {

  /** The operations, by Keras's names of their classes. */
  public enum Function {
    ABSOLUTE("Absolute"),
    ABS("Abs"),
    NEGATIVE("Negative"),
    SQUARE("Square"),
    SQRT("Sqrt"),
    RSQRT("Rsqrt"),
    RECIPROCAL("Reciprocal"),
    EXP("Exp"),
    EXPM1("Expm1"),
    LOG("Log"),
    LOG1P("Log1p"),
    SIGN("Sign"),
    SIN("Sin"),
    COS("Cos"),
    ARCCOS("Arccos"),
    ERF("Erf"),
    SIGMOID("Sigmoid"),
    TANH("Tanh"),
    RELU("Relu"),
    RELU6("Relu6"),
    SOFTPLUS("Softplus"),
    SOFTSIGN("Softsign"),
    SILU("Silu"),
    SELU("Selu"),
    LOG_SIGMOID("LogSigmoid"),
    HARD_SIGMOID("HardSigmoid");

    private final String className;

    Function(String className) {
      this.className = className;
    }
  }

  @Override
  public String className() {
    return function.className;
  }
}
