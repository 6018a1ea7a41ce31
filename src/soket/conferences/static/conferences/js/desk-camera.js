/* Badges by the camera or from a photograph. The browser's own detector where there is one, else jsQR. */
const video = document.querySelector("[data-video]");
const again = new Map();
const QUIET_MS = 4000;
let stream;
let own;

async function reader() {
  if (own) return own;
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    own = async (picture) => (await detector.detect(picture))[0]?.rawValue;
  } else {
    await import(document.querySelector("[data-jsqr]").dataset.jsqr);
    own = async (picture) => window.jsQR(picture.data, picture.width, picture.height)?.data;
  }
  return own;
}

function pixels(source, width, height) {
  const scale = Math.min(1, 900 / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  paint.drawImage(source, 0, 0, canvas.width, canvas.height);
  return paint.getImageData(0, 0, canvas.width, canvas.height);
}

export async function photo(file) {
  const bitmap = await createImageBitmap(file);
  return (await reader())(pixels(bitmap, bitmap.width, bitmap.height));
}

/* Look until stopped; the same badge counts again only after four quiet seconds. */
export async function look(found) {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const read = await reader();
  while (stream?.active) {
    const text = video.videoWidth ? await read(pixels(video, video.videoWidth, video.videoHeight)).catch(() => null) : null;
    if (text && Date.now() - (again.get(text) || 0) > QUIET_MS) found(text);
    if (text) again.set(text, Date.now());
    await new Promise((done) => setTimeout(done, 200));
  }
}

export function stop() {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.hidden = true;
}
