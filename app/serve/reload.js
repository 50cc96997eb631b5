// Added to pages by `kanbao serve` alone: reloads them after a rebuild.
const events = new EventSource(new URL("events", import.meta.url));
let first;
events.addEventListener("build", async ({ data }) => {
  first ??= data;
  if (data === first) return;
  events.close();
  // The service worker would answer with the site that it has stored.
  const registrations = await (navigator.serviceWorker?.getRegistrations() ?? []);
  await Promise.all(registrations.map((r) => r.unregister()));
  location.reload();
});
