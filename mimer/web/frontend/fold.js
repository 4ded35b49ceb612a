// Turkish letters to plain small ones, as mimer.turkish.fold does it, so that lists find what was typed in any way.
const PLAIN = { ç: "c", ğ: "g", ı: "i", ö: "o", ş: "s", ü: "u", â: "a", î: "i", û: "u" };

export function fold(words) {
  return words
    .replace(/İ/g, "i")
    .replace(/I/g, "i")
    .toLowerCase()
    .replace(/[çğıöşüâîû]/g, (letter) => PLAIN[letter])
    .replace(/\s+/g, " ")
    .trim();
}
