"use strict";
(() => {
  const css = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const colour = tone => css({ high: "high", low: "low", review: "review-fill", accent: "accent", quiet: "quiet" }[tone] || "accent");
  const plots = new Map();

  // Charts over time
  const options = (host, series, extra) => ({
    fmtDate: pattern => uPlot.fmtDate(pattern.replace("{h}:{mm}{aa}", "{HH}:{mm}").replace("{h}{aa}", "{HH}:00").replace("{M}/{D}/{YY}", "{YYYY}-{MM}-{DD}").replace("{M}/{D}", "{MM}-{DD}")),
    width: host.clientWidth, height: host.clientHeight - (extra.legend === false ? 0 : 26), tzDate: ts => uPlot.tzDate(new Date(ts * 1e3), "Etc/UTC"),
    cursor: { points: { size: 6 }, y: false }, legend: { show: extra.legend !== false },
    series: [{ value: (_, s) => s == null ? "–" : new Date(s * 1e3).toISOString().slice(0, 16).replace("T", " ") }, ...series],
    scales: extra.scales || {},
    axes: [
      { show: extra.legend !== false, stroke: css("soft"), grid: { stroke: css("line"), width: .6 }, ticks: { show: false }, font: "11px system-ui" },
      { stroke: css("soft"), grid: { stroke: css("line"), width: .6 }, ticks: { show: false }, size: 44, font: "11px system-ui" },
    ],
  });
  // Moments that matter, as lines across
  function mark(plot, marks) {
    const { ctx, bbox } = plot;
    ctx.save();
    for (const one of marks) {
      const x = Math.round(plot.valToPos(one.seconds, "x", true));
      if (x < bbox.left || x > bbox.left + bbox.width) continue;
      ctx.strokeStyle = colour(one.tone); ctx.lineWidth = 1.5 * devicePixelRatio; ctx.setLineDash([4 * devicePixelRatio, 4 * devicePixelRatio]);
      ctx.beginPath(); ctx.moveTo(x, bbox.top); ctx.lineTo(x, bbox.top + bbox.height); ctx.stroke();
    }
    ctx.restore();
  }
  const stacked = data => {
    const sums = data[0].map(() => 0);
    return [data[0], ...data.slice(1).map(values => values.map((v, i) => (sums[i] += v || 0)))];
  };
  function draw(host) {
    const names = JSON.parse(host.dataset.names || "[]"), tones = JSON.parse(host.dataset.tones || "[]");
    const style = host.dataset.style;
    plots.get(host)?.destroy();
    host.textContent = "";
    if (style === "pulse") {
      const now = Math.floor(Date.now() / 1e3), n = 90;
      host.pulse ??= [Array.from({ length: n }, (_, i) => now - n + i), Array(n).fill(0)];
      plots.set(host, new uPlot(options(host, [{ label: names[0], stroke: colour("accent"), fill: css("accent-soft"), width: 1.5 }],
        { legend: false, scales: { y: { range: (_, lo, hi) => [0, Math.max(4, hi * 1.15)] } } }), host.pulse, host));
      return;
    }
    const raw = JSON.parse(host.dataset.plot);
    if (style === "stack") {
      const data = stacked(raw), order = names.map((_, i) => i).reverse();
      const series = order.map(i => ({ label: names[i], stroke: colour(tones[i]), fill: colour(tones[i]), width: 0, points: { show: false },
        paths: uPlot.paths.stepped({ align: 1 }), value: (_, v, s, at) => at == null ? "–" : String(raw[i + 1][at] ?? "–") }));
      plots.set(host, new uPlot(options(host, series, { scales: { y: { range: (_, lo, hi) => [0, hi * 1.05 || 1] } } }), [data[0], ...order.map(i => data[i + 1])], host));
    } else {
      const series = names.map((name, i) => ({ label: name, stroke: colour(tones[i]), width: 2, points: { show: raw[0].length < 60, size: 5, fill: css("card") }, spanGaps: true,
        value: (_, v) => v == null ? "–" : String(v) }));
      plots.set(host, new uPlot({ ...options(host, series, {}), hooks: { drawAxes: [plot => mark(plot, JSON.parse(host.dataset.marks || "[]"))] } }, raw, host));
    }
  }
  const drawAll = root => root.querySelectorAll(".plot").forEach(draw);

  // Map
  const SVG = "http://www.w3.org/2000/svg";
  function fly(one) {
    const map = document.getElementById("map"), arcs = document.getElementById("arcs");
    const find = place => map?.querySelector(`[data-place="${CSS.escape(place)}"]`);
    const from = find(one.from), to = find(one.to);
    if (!from || !to) return;
    const [x1, y1, x2, y2] = [from.cx, from.cy, to.cx, to.cy].map(v => v.baseVal.value);
    const lift = Math.min(90, Math.hypot(x2 - x1, y2 - y1) * .28);
    const arc = document.createElementNS(SVG, "path");
    arc.setAttribute("d", `M${x1} ${y1}Q${(x1 + x2) / 2} ${(y1 + y2) / 2 - lift} ${x2} ${y2}`);
    arc.setAttribute("pathLength", "1");
    arc.setAttribute("class", "arc " + one.tone);
    [from, to].forEach(dot => { dot.classList.add("busy"); dot.setAttribute("r", "3.5"); });
    arcs.append(arc);
    while (arcs.childElementCount > 46) arcs.firstElementChild.remove();
    [...arcs.children].slice(0, -24).forEach(old => old.classList.add("old"));
  }

  // What the feed brings
  const seen = new Set();
  function recent(list) {
    const body = document.getElementById("recent"), first = !seen.size, news = list.filter(one => !seen.has(one.id));
    news.forEach(one => seen.add(one.id));
    if (seen.size > 2000) { seen.clear(); list.forEach(one => seen.add(one.id)); }
    [...news].reverse().forEach(fly);
    if (!body || !news.length) return;
    body.replaceChildren(...list.map(one => {
      const row = document.createElement("tr"), link = document.createElement("a"), badge = document.createElement("span"), number = document.createElement("span");
      link.href = "/decisions/" + encodeURIComponent(one.id); link.textContent = one.label;
      badge.className = "badge tone-" + one.tone; badge.textContent = one.outcome;
      number.className = "number"; number.textContent = one.probability;
      [link, badge, number].forEach(part => { const cell = document.createElement("td"); cell.append(part); row.append(cell); });
      if (!first && news.includes(one)) row.className = "fresh";
      return row;
    }));
  }
  const group = n => Number(n).toLocaleString("en-US");
  function take(now) {
    const own = now.applications[document.querySelector("[data-application]")?.dataset.application] || {};
    const values = { decisions: group(now.decisions), rate: group(now.rate), p50: own.p50, lag: own.lag == null ? null : group(own.lag), events: own.events == null ? null : group(own.events) };
    document.querySelectorAll("[data-live]").forEach(host => { const value = values[host.dataset.live]; if (value != null) host.textContent = value; });
    const pulse = document.getElementById("pulse");
    if (pulse?.pulse) {
      pulse.pulse[0].push(Math.floor(Date.now() / 1e3)); pulse.pulse[1].push(now.rate);
      pulse.pulse.forEach(axis => axis.shift());
      plots.get(pulse)?.setData(pulse.pulse);
    }
    recent(now.recent);
  }
  function listen() {
    const feed = document.body.dataset.feed;
    if (!feed || !document.querySelector("[data-live]")) return;
    let source;
    const toast = document.getElementById("toast");
    const open = () => {
      source = new EventSource(feed);
      source.onmessage = event => { toast.textContent = ""; take(JSON.parse(event.data)); };
      source.onerror = () => { toast.textContent = document.body.dataset.lost; if (source.readyState === EventSource.CLOSED) setTimeout(() => document.hidden || open(), 3000); };
    };
    document.addEventListener("visibilitychange", () => { source?.close(); if (!document.hidden) open(); });
    window.addEventListener("pagehide", () => source?.close());
    open();
  }

  document.addEventListener("DOMContentLoaded", () => {
    drawAll(document);
    listen();
    const menu = document.getElementById("menu");
    menu?.addEventListener("click", () => menu.setAttribute("aria-expanded", String(menu.parentElement.classList.toggle("open"))));
    let width = innerWidth;
    addEventListener("resize", () => { if (innerWidth !== width) { width = innerWidth; drawAll(document); } });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => drawAll(document));
    document.body.addEventListener("htmx:afterSwap", event => drawAll(event.detail.elt));
  });
})();
