package io.dougong.apps.flightdelay;

/** What an act has to tell with. Each call may end the walk with {@link Left}. */
interface Teller {

    /** Somebody has left the walk. */
    final class Left extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** The scene of the act, to be changed and shown. */
    Scene scene();

    /** Shows the scene as it is now. */
    void show();

    /** Brings the console to this page and element, and lets it do these things there, in order. */
    void page(String path, String mark, Scene.Hand... hands);

    /** Leaves time to look; none if nobody does. */
    void rest(long millis);

    /** Waits, looked at or not. */
    void pause(long millis);
}
