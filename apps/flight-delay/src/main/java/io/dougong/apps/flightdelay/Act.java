package io.dougong.apps.flightdelay;

/** One step of the walk: makes something happen and tells what came of it. */
interface Act {

    void play(Teller teller) throws InterruptedException;

    /** Figures that go on changing while one looks. */
    default void refresh(Scene scene) {}
}
