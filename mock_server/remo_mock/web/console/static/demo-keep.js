const NAME = "remo-mock-demo";
const STORE = "people";
const KEPT = 12;

const settled = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function store(mode) {
  const opening = indexedDB.open(NAME, 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore(STORE, { keyPath: "id" });
  return (await settled(opening)).transaction(STORE, mode).objectStore(STORE);
}

/** Return the people whose photos are in this browser, newest first. A browser that keeps nothing has none. */
export async function people() {
  try {
    const all = await settled((await store("readonly")).getAll());
    return all.sort((a, b) => b.at.localeCompare(a.at));
  } catch {
    return [];
  }
}

/** Keep a person with photos and results in this browser, and forget the oldest beyond twelve. */
export async function keep(person) {
  try {
    await settled((await store("readwrite")).put(person));
    for (const old of (await people()).slice(KEPT)) await forget(old.id);
  } catch { /* a private window keeps nothing; the demo goes on */ }
}

export async function forget(id) {
  try {
    await settled((await store("readwrite")).delete(id));
  } catch { /* nothing was kept */ }
}
