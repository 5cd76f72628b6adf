// @ts-check
const BYTES = 16;

/** 128 random bits as 22 characters of base64url: what makes sending twice the same as sending once. */
export function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
