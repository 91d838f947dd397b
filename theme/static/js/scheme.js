// Runs in the head before the first paint: the reader's own choice of colours, when there is one.
try {
  const scheme = JSON.parse(localStorage.getItem("scheme"));
  if (scheme) document.documentElement.dataset.scheme = scheme;
} catch {
  // Storage is forbidden or broken: the system's colours stand.
}
