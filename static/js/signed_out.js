// After signing out: a shared phone keeps nothing, also where the browser does not know Clear-Site-Data.
// Light or dark and the size of text are the device's, not the person's.
for (const store of [localStorage, sessionStorage]) {
  for (const key of Object.keys(store)) if (!key.startsWith("look:")) store.removeItem(key);
}
if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
if (indexedDB.databases) for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
