/*
 * A stream of server-sent events, held by a page while it is looked at: a browser has few connections to one server. It goes on after the
 * last event, so nothing is missed; one that was lost is opened again, each time a little later.
 *
 *   address(since)   where the events are; since: the id of the last one, null at first
 *   step(data)       an event came
 *   opened()         the stream stands, or stands again
 *   say(text, ms)    what is said of the connection, for so long; without ms: until the next
 *   says             the texts: lost, back, ended; denied and full: where they differ from ended and lost
 *
 * What is returned says is_over(): it will not be opened again.
 */
"use strict";

function stream_hold({ address, step, opened = () => {}, say, says }) {
  const LOST_MS = 3000, BACK_MS = 5000, WAIT_MOST_MS = 60000;
  let source = null, since = null, timer = 0, tries = 0, over = false, lost = false;

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  function end(text) {
    over = true;
    close();
    say(text);
  }

  function is_lost(text) {
    lost = true;
    say(text);
  }

  function stands() {
    clearTimeout(timer);
    tries = 0;
    opened();
    if (lost) say(says.back, BACK_MS);
    lost = false;
  }

  /* EventSource does not say why it gave up: asked for the head alone, the server does. */
  async function ask_why() {
    const { status } = await fetch(address(since), { method: "HEAD", cache: "no-store" }).catch(() => ({ status: 0 }));

    if (over || source) return;
    if (status === 401) return end(says.ended);
    if (status >= 400 && status < 500 && status !== 429) return end(says.denied ?? says.ended);
    if (status === 429 || status === 503) is_lost(says.full ?? says.lost);
    else if (status !== 200) is_lost(says.lost);
    timer = setTimeout(open, status === 200 ? 0 : Math.min(WAIT_MOST_MS, LOST_MS * 2 ** tries++));
  }

  function failed() {
    clearTimeout(timer);
    if (source.readyState === EventSource.CLOSED) {
      close();
      ask_why();
      return;
    }
    timer = setTimeout(() => is_lost(says.lost), LOST_MS); /* it tries again by itself */
  }

  function open() {
    if (over || source || document.hidden) return;
    source = new EventSource(address(since));
    source.addEventListener("open", stands);
    source.addEventListener("error", failed);
    source.addEventListener("step", event => {
      since = event.lastEventId;
      step(JSON.parse(event.data));
    });
    source.addEventListener("end", () => {
      close();
      ask_why(); /* signed in anew meanwhile, he goes on */
    });
  }

  document.addEventListener("visibilitychange", () => (document.hidden ? close() : open()));
  addEventListener("pagehide", close);
  addEventListener("pageshow", open);
  open();
  return { is_over: () => over };
}
