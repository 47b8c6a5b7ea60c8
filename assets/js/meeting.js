/*
 * The meeting's page keeps up with its room: on each event (server-sent, out of the ledger) the parts that show what was said are read anew;
 * what somebody is typing is not touched. A lost connection says so, and the page comes again with the number of the last event, so nothing
 * is missed; only a page that is looked at holds a stream. Without this the page shows the newest when it is loaded again.
 */
"use strict";

(() => {
  const place = document.querySelector("[data-meeting]");

  if (!place || !window.EventSource) return;

  const LOST_MS = 3000, BACK_MS = 5000, AGAIN_MS = 2000, WAIT_MOST_MS = 60000;
  const says = place.dataset;
  let source = null, since = null, reading = false, again = false, lost = false, over = false, timer = 0, tries = 0;

  function say(text) {
    const line = document.createElement("p");

    line.className = "flash flash-note";
    line.textContent = text;
    place.replaceChildren(...(text ? [line] : []));
  }

  function is_lost() {
    lost = true;
    say(says.lost);
  }

  /* ---- what was said -------------------------------------------------------------------- */

  function take(fresh) {
    document.querySelectorAll("[data-part]").forEach(part => {
      const other = fresh.querySelector(`[data-part="${part.dataset.part}"]`);

      if (other && other.innerHTML !== part.innerHTML) part.replaceChildren(...document.importNode(other, true).childNodes);
    });
  }

  /* One question at a time; what happens meanwhile is asked for once more, and so is what could not be had. */
  async function read() {
    if (reading) {
      again = true;
      return;
    }
    reading = true;
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" }, credentials: "same-origin" }).catch(() => null);
    const text = answer?.ok ? await answer.text().catch(() => null) : null;

    reading = false;
    if (text) take(new DOMParser().parseFromString(text, "text/html"));
    if (again || (!text && !over)) setTimeout(read, text ? 0 : AGAIN_MS);
    again = false;
  }

  /* ---- the connection ------------------------------------------------------------------- */

  const address = () => (since ? says.meeting.replace(/since=\d+/, `since=${since}`) : says.meeting);

  function close() {
    clearTimeout(timer);
    if (source) source.close();
    source = null;
  }

  function end() {
    over = true;
    close();
    say(says.ended);
  }

  /* EventSource does not say why it gave up: asked for the head alone, the server does. */
  async function ask_why() {
    const { status } = await fetch(address(), { method: "HEAD", cache: "no-store" }).catch(() => ({ status: 0 }));

    if (over || source) return;
    if (status >= 400 && status < 500 && status !== 429) return end();
    if (status !== 200) is_lost();
    timer = setTimeout(open, status === 200 ? 0 : Math.min(WAIT_MOST_MS, LOST_MS * 2 ** tries++));
  }

  function opened() {
    clearTimeout(timer);
    tries = 0;
    read();
    if (!lost) return;
    lost = false;
    say(says.back);
    timer = setTimeout(() => say(""), BACK_MS);
  }

  function failed() {
    clearTimeout(timer);
    if (source.readyState === EventSource.CLOSED) {
      close();
      ask_why();
      return;
    }
    timer = setTimeout(is_lost, LOST_MS); /* it tries again by itself */
  }

  function open() {
    if (over || source || document.hidden) return;
    source = new EventSource(address());
    source.addEventListener("open", opened);
    source.addEventListener("error", failed);
    source.addEventListener("step", event => {
      since = event.lastEventId;
      read();
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
})();
