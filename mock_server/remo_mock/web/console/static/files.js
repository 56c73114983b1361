/** A photo that this browser cannot turn into one that the service takes; `reason` names the text that explains it. */
export class UnreadablePhoto extends Error {
  constructor(name, reason) {
    super(name);
    this.reason = reason;
  }
}

// How people and cameras call the photos of a view, in English and Korean.
const NAMES = { front: /front|정면|앞/i, side: /side|left|right|측면|옆|왼쪽|오른쪽/i, back: /back|rear|후면|뒤/i };
const HEIC = /hei[cf]/i;
const JPEG_QUALITY = 0.92;

export const readAs = (blob) => new Promise((resolve, reject) => {
  const reader = new FileReader();
  reader.onload = () => resolve(reader.result);
  reader.onerror = () => reject(reader.error);
  reader.readAsDataURL(blob);
});

/** Return a photo as requests carry it: base64 without the data-URI prefix. */
export const base64Of = async (blob) => {
  const uri = await readAs(blob);
  return uri.slice(uri.indexOf(",") + 1);
};

/** Return a file as the service takes it: HEIC, which it does not take, becomes JPEG where the browser can read it. */
export async function acceptable(file) {
  if (!HEIC.test(`${file.type} ${file.name}`)) return file;
  let picture;
  try {
    picture = await createImageBitmap(file);
  } catch {
    throw new UnreadablePhoto(file.name, "heic");
  }
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  canvas.getContext("2d").drawImage(picture, 0, 0);
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
  return new File([blob], file.name.replace(/\.[^.]*$/, ".jpg"), { type: "image/jpeg" });
}

/** Return the picture of a blob, left and right exchanged, as JPEG. */
export async function mirrored(blob) {
  const picture = await createImageBitmap(blob);
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width, picture.height];
  const pen = canvas.getContext("2d");
  pen.scale(-1, 1);
  pen.drawImage(picture, -picture.width, 0);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", JPEG_QUALITY));
}

/** Return the pictures among the files of a drop, a paste or a choice; a file without a type may be one. */
export const picturesIn = (transfer) => [...(transfer?.files ?? [])].filter((file) => !file.type || file.type.startsWith("image/"));

/**
 * Assign files to views: by what their names say, and the rest in the order of their names.
 * `views` lists the view of each place; `first` is the place that takes the first file whose name says nothing.
 * Returns a map from place to file; files without a place are left out.
 */
export function assign(files, views, first = 0) {
  const sorted = [...files].sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const places = new Map();
  const free = (wanted) => views.findIndex((view, place) => !places.has(place) && wanted(view));
  const rest = [];
  for (const file of sorted) {
    const view = Object.keys(NAMES).find((one) => NAMES[one].test(file.name) && views.includes(one));
    const place = view ? free((one) => one === view) : -1;
    if (place >= 0) places.set(place, file);
    else rest.push(file);
  }
  for (const file of rest) {
    const place = places.has(first) ? free(() => true) : first;
    if (place >= 0) places.set(place, file);
  }
  return places;
}
