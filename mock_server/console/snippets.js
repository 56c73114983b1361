const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const q = JSON.stringify;
/** JSON that may stand between single quotes of a shell. */
const shellJson = (value) => q(value).replaceAll("'", "\\u0027");
/** A .txt file holds what the field says; a photo is told in base64. */
const isText = (file) => file.endsWith(".txt");

const WRITERS = {
  curl({ url, fields, photos, prefer }) {
    const known = Object.entries(fields).map(([name, value]) => `${q(name)}: ${shellJson(value)}`);
    const sent = photos.map(({ field, variable }) => `${q(field)}: "'$${variable}'"`);
    // A photo is too long for an argument: the body goes through a pipe.
    const lines = photos.map(({ variable, file }) => isText(file) ? `${variable}=$(cat ${quote(file)})` : `${variable}=$(base64 < ${quote(file)} | tr -d '\\n')`);
    const header = prefer ? ` -H ${quote(`Prefer: ${prefer}`)}` : "";
    return [...lines, `echo '{${[...known, ...sent].join(", ")}}' |`,
      `  curl -sS -H 'Content-Type: application/json'${header} --data-binary @- ${url}`].join("\n");
  },
  python({ url, fields, photos, prefer }) {
    const rows = [...Object.entries(fields).map(([name, value]) => `    ${q(name)}: ${q(value)},`),
      ...photos.map(({ field, file }) => `    ${q(field)}: ${isText(file) ? `Path(${q(file)}).read_text()` : `b64encode(Path(${q(file)}).read_bytes()).decode()`},`)];
    const headers = prefer ? `, headers={"Prefer": ${q(prefer)}}` : "";
    return ["from base64 import b64encode", "from pathlib import Path", "", "import requests", "", "body = {", ...rows, "}",
      `reply = requests.post(${q(url)}, json=body${headers}, timeout=60).json()`,
      'print(reply.get("status_code") or reply)'].join("\n");
  },
  javascript({ url, fields, photos, prefer }) {
    const rows = [...Object.entries(fields).map(([name, value]) => `  ${name}: ${q(value)},`),
      ...photos.map(({ field, file }) => `  ${field}: await readFile(${q(file)}, "${isText(file) ? "utf8" : "base64"}"),`)];
    const header = prefer ? `, Prefer: ${q(prefer)}` : "";
    return ['import { readFile } from "node:fs/promises";', "", "const body = {", ...rows, "};",
      `const answer = await fetch(${q(url)}, {`, '  method: "POST",',
      `  headers: { "Content-Type": "application/json"${header} },`, "  body: JSON.stringify(body),", "});",
      "console.log(await answer.json());"].join("\n");
  },
};

export const LANGUAGES = { curl: "curl", python: "Python", javascript: "Node.js" };

/** Write a request as a program: its URL, the fields that are no photos, the photos by file, and a `Prefer` header. */
export function snippet(language, { url, account, asked, prefer }) {
  const fields = { Email: account.email, UserKey: account.user_key, APIKey: account.api_key };
  if (asked.uuid()) fields.uuid = asked.uuid();
  const photos = asked.tiles.filter((tile) => tile.file())
    .map((tile) => ({ field: tile.view.photo, variable: tile.view.name, file: tile.file() }));
  return WRITERS[language]({ url, fields, photos, prefer });
}
