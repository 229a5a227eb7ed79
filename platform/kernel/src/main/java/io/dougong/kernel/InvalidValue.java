package io.dougong.kernel;

/** A value that breaks its declaration: wrong type, outside its range, unknown field, missing field, malformed JSON. */
public final class InvalidValue extends Problem {

    public InvalidValue(String code, String message, String advice) {
        super(Kind.BAD_INPUT, code, message, advice);
    }
}
