// After signing out: a shared phone keeps nothing, also where the browser does not know Clear-Site-Data.
const theme = localStorage.getItem("theme");
localStorage.clear();
sessionStorage.clear();
if (theme) localStorage.setItem("theme", theme);
if ("caches" in window) for (const name of await caches.keys()) await caches.delete(name);
if (indexedDB.databases) for (const { name } of await indexedDB.databases()) indexedDB.deleteDatabase(name);
