/* <sound-player data-slug data-seconds data-play data-pause data-at data-failed>: an <audio> that a keyboard reaches, with position, speed and
   waveform. Position and speed of each article stay in this browser. Nothing sounds before it is asked for. Without a script the browser's own
   controls stand there instead. */
const STEP = 5;
const KEPT = "soket:sound:";

const clock = (seconds) => {
  const all = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(all / 3600), Math.floor(all / 60) % 60, String(all % 60).padStart(2, "0")];
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
};

class SoundPlayer extends HTMLElement {
  connectedCallback() {
    if (this.dataset.ready) return;
    this.dataset.ready = "1";
    const one = (selector) => this.querySelector(selector);
    [this.audio, this.button, this.range, this.speed] = [one("audio"), one(".aud__b"), one(".aud__r"), one("select")];
    [this.played, this.at, this.status] = [one("clipPath rect"), one(".aud__at"), one(".aud__s")];
    this.total = Number(this.dataset.seconds);
    this.audio.hidden = true;
    for (const part of [this.button, this.range, this.at, one(".aud__v")]) part.hidden = false;
    const kept = this.kept();
    this.wanted = kept.at > 0 && kept.at < this.total - 1 ? kept.at : 0;
    if ([...this.speed.options].some((option) => option.value === String(kept.speed))) this.speed.value = String(kept.speed);
    this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(this.speed.value);
    this.listen();
    this.show();
  }

  disconnectedCallback() {
    this.audio.pause();
  }

  listen() {
    this.button.addEventListener("click", () => this.toggle());
    this.range.addEventListener("input", () => this.seek(Number(this.range.value)));
    this.speed.addEventListener("change", () => {
      this.audio.defaultPlaybackRate = this.audio.playbackRate = Number(this.speed.value);
      this.keep();
    });
    this.addEventListener("keydown", (event) => this.key(event));
    this.audio.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(this.audio.duration)) this.total = this.audio.duration;
      this.audio.currentTime = this.wanted;
    });
    for (const name of ["play", "pause"]) this.audio.addEventListener(name, () => this.show());
    this.audio.addEventListener("timeupdate", () => this.moved());
    this.audio.addEventListener("pause", () => this.keep());
    this.audio.addEventListener("ended", () => this.seek(0));
    this.audio.querySelector("source:last-of-type").addEventListener("error", () => this.failed());
    this.audio.addEventListener("error", () => this.failed());
    addEventListener("pagehide", () => this.keep());
  }

  toggle() {
    if (!this.audio.paused) return this.audio.pause();
    this.status.textContent = "";
    return this.audio.play().catch((fault) => fault.name !== "AbortError" && this.failed());
  }

  /* Space plays and pauses, arrows go five seconds; a list, a link and the button keep their own keys. */
  key(event) {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.closest("select, a")) return;
    const way = { ArrowLeft: -STEP, ArrowRight: STEP, ArrowDown: -STEP, ArrowUp: STEP }[event.key];
    if (way) this.seek(this.wanted + way);
    else if (event.key === " " && event.target !== this.button) this.toggle();
    else return;
    event.preventDefault();
  }

  seek(seconds) {
    this.wanted = Math.min(Math.max(0, seconds), this.total);
    if (this.audio.readyState > 0) this.audio.currentTime = this.wanted;
    this.show();
    this.keep();
  }

  moved() {
    if (this.audio.seeking || this.audio.readyState === 0) return;
    const last = Math.floor(this.wanted / STEP);
    this.wanted = this.audio.currentTime;
    this.show();
    if (Math.floor(this.wanted / STEP) !== last) this.keep();
  }

  show() {
    const playing = !this.audio.paused;
    const at = clock(this.wanted);
    this.classList.toggle("aud--on", playing);
    this.button.setAttribute("aria-label", playing ? this.dataset.pause : this.dataset.play);
    this.range.value = String(Math.round(this.wanted));
    this.range.setAttribute("aria-valuetext", this.dataset.at.replace("{at}", at).replace("{total}", clock(Number(this.dataset.seconds))));
    this.at.textContent = `${at} / `;
    this.played.setAttribute("width", String((200 * this.wanted) / this.total));
  }

  failed() {
    this.status.textContent = this.dataset.failed;
    this.show();
  }

  kept() {
    try {
      return JSON.parse(localStorage.getItem(KEPT + this.dataset.slug)) ?? {};
    } catch {
      return {};
    }
  }

  keep() {
    try {
      localStorage.setItem(KEPT + this.dataset.slug, JSON.stringify({ at: Math.floor(this.wanted), speed: Number(this.speed.value) }));
    } catch {
      /* A browser that keeps nothing plays all the same. */
    }
  }
}

customElements.define("sound-player", SoundPlayer);
