/* The text of a code in a photograph or before the camera. The browser's own detector where there is one, else jsQR. */
const SIZES = [1000, 1800, 3200]; // pixels of the longer side: a small code in a large picture needs the larger ones
let own;
let stream;

async function reader(jsqr) {
  if (own) return own;
  if ("BarcodeDetector" in window && (await BarcodeDetector.getSupportedFormats()).includes("qr_code")) {
    const detector = new BarcodeDetector({ formats: ["qr_code"] });
    own = async (picture) => (await detector.detect(picture))[0]?.rawValue;
  } else {
    await import(jsqr);
    own = async (picture) => window.jsQR(picture.data, picture.width, picture.height)?.data;
  }
  return own;
}

function pixels(source, width, height, longest) {
  const scale = Math.min(1, longest / Math.max(width, height));
  const canvas = new OffscreenCanvas(Math.round(width * scale), Math.round(height * scale));
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  paint.drawImage(source, 0, 0, canvas.width, canvas.height);
  return paint.getImageData(0, 0, canvas.width, canvas.height);
}

export async function photo(file, jsqr) {
  const bitmap = await createImageBitmap(file);
  const read = await reader(jsqr);
  for (const longest of SIZES) {
    const text = await read(pixels(bitmap, bitmap.width, bitmap.height, longest));
    if (text || longest >= Math.max(bitmap.width, bitmap.height)) return text;
  }
  return undefined;
}

/* Look until a code is found or `stop` is called; the text, or undefined when stopped. */
export async function look(video, jsqr) {
  stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1920 } }, audio: false });
  video.srcObject = stream;
  video.hidden = false;
  await video.play();
  const read = await reader(jsqr);
  while (stream?.active) {
    const text = video.videoWidth ? await read(pixels(video, video.videoWidth, video.videoHeight, 1400)).catch(() => undefined) : undefined;
    if (text) return text;
    await new Promise((done) => setTimeout(done, 150));
  }
  return undefined;
}

export function stop(video) {
  stream?.getTracks().forEach((track) => track.stop());
  stream = null;
  video.hidden = true;
}
