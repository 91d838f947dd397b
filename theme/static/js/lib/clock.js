/**
 * The time that a page goes by, and one timer, on the minute, for all who follow it.
 *
 * Put to another instant, the clock runs on from there: so a day can be rehearsed.
 */
const MINUTE = 60_000;
const followers = new Set();
let ahead = 0;
let timer;

/** The instant, in milliseconds. */
export const now = () => Date.now() + ahead;

/** From now on the clock runs on from that instant. */
export function putClock(instant) {
  ahead = instant - Date.now();
}

/** Calls back with the instant, at once, on every minute and when the page is seen again. */
export function follow(tell) {
  if (!followers.size) start();
  followers.add(tell);
  tell(now());
  return () => {
    followers.delete(tell);
    if (!followers.size) stop();
  };
}

function start() {
  document.addEventListener("visibilitychange", look);
  wait();
}

function stop() {
  document.removeEventListener("visibilitychange", look);
  clearTimeout(timer);
}

function wait() {
  clearTimeout(timer);
  timer = setTimeout(look, MINUTE - (now() % MINUTE) + 1);
}

function look() {
  wait();
  for (const tell of followers) tell(now());
}
