// A client of the back endpoint with nothing but fetch.
export async function analyseBack(photo, { url, Email, UserKey, APIKey }) {
  const reply = await fetch(`${url}/api/analysis-skeleton-v2-back`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ Email, UserKey, APIKey, borigimg: photo.toString('base64') }),
    signal: AbortSignal.timeout(10_000),
  });
  const result = await reply.json();
  // The code of an error comes as `status` or `status_code`, and as HTTP status or with 200: the body decides.
  if (!result.state) throw Object.assign(new Error(result.message), { code: result.status ?? result.status_code });
  return result;
}
