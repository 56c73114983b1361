const quote = (text) => `'${text.replaceAll("'", "'\\''")}'`;
const q = JSON.stringify;
/** Write JSON that can stand between single quotes in a shell. */
const shellJson = (value) => q(value).replaceAll("'", "\\u0027");

const WRITERS = {
  curl({ url, method, fields, photos, prefer }) {
    const known = Object.entries(fields).map(([name, value]) => `${q(name)}: ${shellJson(value)}`);
    const sent = photos.map(({ field, variable }) => `${q(field)}: "'$${variable}'"`);
    // A photo is too long for a command-line argument, so the body goes through a pipe.
    const lines = photos.map(({ variable, file, isText }) => isText ? `${variable}=$(cat ${quote(file)})` : `${variable}=$(base64 < ${quote(file)} | tr -d '\\n')`);
    const header = prefer ? ` -H ${quote(`Prefer: ${prefer}`)}` : "";
    return [...lines, `printf '%s\\n' '{${[...known, ...sent].join(", ")}}' |`,
      `  curl -sS${method === "POST" ? "" : ` -X ${method}`} -H 'Content-Type: application/json'${header} --data-binary @- ${url}`].join("\n");
  },
  python({ url, method, fields, photos, prefer }) {
    const rows = [...Object.entries(fields).map(([name, value]) => `    ${q(name)}: ${q(value)},`),
      ...photos.map(({ field, file, isText }) => `    ${q(field)}: ${isText ? `Path(${q(file)}).read_text()` : `b64encode(Path(${q(file)}).read_bytes()).decode()`},`)];
    const headers = prefer ? `, headers={"Prefer": ${q(prefer)}}` : "";
    return ["from base64 import b64encode", "from pathlib import Path", "", "import requests", "", "body = {", ...rows, "}",
      `reply = requests.${method.toLowerCase()}(${q(url)}, json=body${headers}, timeout=60).json()`,
      'print({name: value for name, value in reply.items() if not str(value).startswith("data:")})'].join("\n");
  },
  javascript({ url, method, fields, photos, prefer }) {
    const rows = [...Object.entries(fields).map(([name, value]) => `  ${name}: ${q(value)},`),
      ...photos.map(({ field, file, isText }) => `  ${field}: await readFile(${q(file)}, "${isText ? "utf8" : "base64"}"),`)];
    const header = prefer ? `, Prefer: ${q(prefer)}` : "";
    return ['import { readFile } from "node:fs/promises";', "", "const body = {", ...rows, "};",
      `const answer = await fetch(${q(url)}, {`, `  method: ${q(method)},`,
      `  headers: { "Content-Type": "application/json"${header} },`, "  body: JSON.stringify(body),", "});",
      "console.log(await answer.json());"].join("\n");
  },
};

export const LANGUAGES = { curl: "curl", python: "Python", javascript: "Node.js" };

/** Write a request as a program that reads the photos from files. */
export function snippet(language, { url, method, account, form, prefer }) {
  const fields = { Email: account.email, UserKey: account.user_key, APIKey: account.api_key };
  if (form.uuid()) fields.uuid = form.uuid();
  const photos = form.tiles.filter((tile) => tile.file())
    .map((tile) => ({ field: tile.view.photo, variable: tile.view.name, file: tile.file(), isText: tile.isText() }));
  return WRITERS[language]({ url, method, fields, photos, prefer });
}
