"use strict";
(() => {
  const PERIOD = 900, GONE_PERIOD = 400, GONE = 410;
  const DONE = "dougong-stage-done", TRIED = "dougong-stage-tried";
  let bar = document.getElementById("stage");
  if (!bar) return;
  history.scrollRestoration = "manual";

  // Leaves the page so much room at its end that the bar hides nothing.
  const room = () => document.documentElement.style.setProperty("--stage-high", bar.offsetHeight + 40 + "px");
  const sizes = new ResizeObserver(room);
  const bind = () => {
    bar.querySelectorAll("[data-wish]").forEach(button => button.addEventListener("click", () => wish(button.dataset.wish)));
    sizes.disconnect();
    sizes.observe(bar);
  };

  async function wish(name) {
    try {
      await fetch("/stage/" + name, { method: "POST", headers: { "Content-Type": "application/x-www-form-urlencoded" }, body: "wish=" + name });
    } catch { return; }
    setTimeout(look, 350);
  }

  // Brings the page to what is told, once for each cue.
  function cue() {
    const { cue, page, mark } = bar.dataset, hands = JSON.parse(bar.dataset.hands);
    if (sessionStorage.getItem(DONE) === cue) return;
    if (page && sessionStorage.getItem(TRIED) !== cue) {
      sessionStorage.setItem(TRIED, cue);
      if (location.pathname + location.search === page) { location.reload(); } else { location.assign(page); }
      return;
    }
    sessionStorage.setItem(DONE, cue);
    document.querySelectorAll(".stage-mark").forEach(old => old.classList.remove("stage-mark"));
    const meant = mark && document.querySelector(mark);
    if (meant) {
      meant.classList.add("stage-mark");
      meant.scrollIntoView({ block: "start", behavior: "auto" });
      window.scrollBy(0, -16);
    } else if (!mark) {
      window.scrollTo(0, 0);
    }
    hands.forEach(hand => {
      const target = document.querySelector(hand.target);
      if (!target) return;
      if (hand.value) { target.value = hand.value; } else { target.click(); }
    });
  }

  function put(html) {
    const focused = bar.contains(document.activeElement) ? document.activeElement.id : "";
    const said = bar.querySelector(".stage-said"), box = document.createElement("template");
    box.innerHTML = html;
    const next = box.content.firstElementChild;
    if (!next) return;
    // the narration stays the same element as long as it says the same, so that it is read out once
    const other = next.querySelector(".stage-said");
    if (other.textContent === said.textContent) { other.replaceWith(said); } else { said.innerHTML = other.innerHTML; other.replaceWith(said); }
    bar.replaceWith(next);
    bar = next;
    bind();
    room();
    if (focused) {
      const again = document.getElementById(focused) || document.getElementById(focused === "stage-play" ? "stage-pause" : "stage-play");
      (again && !again.disabled ? again : bar.querySelector("#stage-pause, #stage-play"))?.focus();
    }
    cue();
  }

  let looking = false, timer, missed = 0;
  async function look() {
    if (looking) return;
    looking = true;
    clearTimeout(timer);
    let period = PERIOD;
    try {
      const answer = await fetch("/stage?tag=" + bar.dataset.tag, { cache: "no-store", redirect: "manual" });
      bar.classList.remove("lost");
      if (answer.status === GONE) { leave(); return; }
      missed = 0;
      if (answer.status === 200) put(await answer.text());
    } catch {
      bar.classList.add("lost");
      room();
      period = GONE_PERIOD;
    } finally {
      looking = false;
    }
    timer = setTimeout(look, period);
  }

  // A server that has just come back may not know yet that somebody presents.

  function leave() {
    if (++missed < 20) { timer = setTimeout(look, PERIOD); return; }
    sizes.disconnect();
    bar.remove();
    document.querySelectorAll(".stage-mark").forEach(old => old.classList.remove("stage-mark"));
  }

  document.addEventListener("keydown", event => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || !bar.isConnected) return;
    if (event.target.closest("input, textarea, select, [contenteditable], .table-wrap, .stage-command")) return;
    const button = event.key === "ArrowRight" ? bar.querySelector("#stage-next") : event.key === "ArrowLeft" ? bar.querySelector("#stage-back") : null;
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
  document.addEventListener("DOMContentLoaded", () => { bind(); room(); cue(); look(); });
})();
