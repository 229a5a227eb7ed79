package io.dougong.decisions;

/**
 * @param micros time from question to answer, without the wait for the disk
 * @param tokens tokens billed by language models, 0 if none
 * @param currencyMicros money spent, in millionths of the account's currency
 */
public record Cost(long micros, long tokens, long currencyMicros) {}
