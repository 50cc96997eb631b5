// Reloads the page when the site has been built again. Only kanbao serve has it.
let events;
let build;

function listen() {
  events = new EventSource(new URL("events", import.meta.url));
  events.addEventListener("build", async ({ data }) => {
    build ??= data;
    if (data === build) return;
    events.close();
    // What a service worker has stored is of the build before.
    await navigator.serviceWorker?.getRegistrations().then((all) => Promise.all(all.map((r) => r.unregister())));
    location.reload();
  });
}

// A page that the browser keeps to go back to must not keep a connection as well:
// a browser has six to a host.
addEventListener("pagehide", () => events.close());
addEventListener("pageshow", ({ persisted }) => { if (persisted) listen(); });
listen();
