// The only way in which text becomes part of a page: htmx, with a fragment of our own server. What
// holds a script or a handler is refused; text becomes a script or the address of one nowhere.
// A plain script before htmx, because the content policy asks for it. What somebody typed holds no
// quote and no "<" any more by then (Django escapes them), so it is never taken for code.
const CODE =
  /<(script|iframe|object|embed|base|meta|link)\b|\son[a-z]+\s*=\s*["']|=\s*["']\s*javascript:/i;

globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (text) => (CODE.test(text) ? null : text),
});
