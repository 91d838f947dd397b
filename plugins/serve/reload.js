// `make devserver` adds this to pages as it serves them: reload after a good build, show the
// problems of a failed one.
(() => {
  const { build, events } = document.currentScript.dataset;
  const KEY = "hallway-reload";
  const PAUSE = 1000;

  const STYLE = `
    :host { all: initial; }
    section {
      position: fixed; inset: auto 0 0; z-index: 2147483647; box-sizing: border-box;
      max-block-size: 70vh; overflow: auto; padding: 1rem 1.25rem;
      color-scheme: light dark; color: CanvasText; background: Canvas;
      border-block-start: 4px solid #c62828; box-shadow: 0 0 2rem rgb(0 0 0 / 0.35);
      font: 1rem/1.5 system-ui, sans-serif;
    }
    header { display: flex; gap: 1rem; align-items: baseline; justify-content: space-between; }
    h2 { margin: 0; font-size: 1.125rem; }
    pre {
      margin: 0.75rem 0 0; font: 0.875rem/1.5 ui-monospace, monospace;
      white-space: pre-wrap; overflow-wrap: anywhere;
    }
    button { font: inherit; padding: 0.25rem 0.75rem; }
    @media print { section { display: none; } }
  `;

  let stream;
  let heard = "";
  let panel;

  restoreScroll();
  connect();
  // A hidden tab closes its connection, since a browser allows few of them. Back in view, it gets at
  // once the news that it missed.
  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : connect()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", connect);
  addEventListener("keydown", (event) => event.key === "Escape" && hide());

  function connect() {
    if (document.hidden || (stream && stream.readyState !== EventSource.CLOSED)) return;
    stream = new EventSource(events);
    stream.onmessage = hear;
    // The browser connects again by itself unless it was refused; then we do.
    stream.onerror = () => {
      if (stream.readyState === EventSource.CLOSED) setTimeout(connect, PAUSE);
    };
  }

  function rest() {
    stream?.close();
  }

  function hear(message) {
    if (message.lastEventId === heard) return;
    heard = message.lastEventId;
    const news = JSON.parse(message.data);
    if (news.build !== build) reload();
    else if (news.report) show(news.report);
    else hide();
  }

  function reload() {
    rest();
    try {
      const place = { page: page(), x: scrollX, y: scrollY };
      sessionStorage.setItem(KEY, JSON.stringify(place));
    } catch {
      // Storage is forbidden: leave the scroll position to the browser.
    }
    location.reload();
  }

  function restoreScroll() {
    const place = takePlace();
    if (place?.page !== page()) return;
    const scroll = () => scrollTo({ left: place.x, top: place.y, behavior: "instant" });
    scroll();
    // Pictures may have moved things meanwhile.
    addEventListener("load", scroll, { once: true });
  }

  function takePlace() {
    try {
      const place = JSON.parse(sessionStorage.getItem(KEY));
      sessionStorage.removeItem(KEY);
      return place;
    } catch {
      return null;
    }
  }

  function page() {
    return location.pathname + location.search;
  }

  function show(report) {
    hide();
    panel = document.createElement("div");
    panel.id = "hallway-problems";
    const heading = element("h2", "The build failed; this is the site as it was before");
    const button = element("button", "Close");
    button.type = "button";
    button.addEventListener("click", hide);
    const header = element("header");
    header.append(heading, button);
    const section = element("section");
    section.setAttribute("role", "alert");
    section.append(header, element("pre", report));
    panel.attachShadow({ mode: "open" }).append(element("style", STYLE), section);
    document.body.append(panel);
  }

  function hide() {
    panel?.remove();
    panel = undefined;
  }

  function element(name, text = "") {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  }
})();
