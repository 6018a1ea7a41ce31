/* <janus-room>: a site's place in the conference's rooms. Words come from the page (data-w-…); the page says who is called:
   data-called="1", kept up to date here from live snapshots, and again by the room itself. Nothing is sent before "join" is pressed. */
import { Link } from "./janus-link.js";
import { Sound } from "./janus-audio.js";
import { Pictures } from "./janus-video.js";

const AGAIN = [1_000, 2_000, 5_000, 10_000];

class JanusRoom extends HTMLElement {
  static observedAttributes = ["data-called"];

  connectedCallback() {
    const { api, audioRoom, videoRoom, pin, token, site, ice } = this.dataset;
    this.about = { audio: Number(audioRoom), video: Number(videoRoom), pin, token, site: Number(site), ice: ice ? ice.split(" ") : [] };
    this.api = new URL(api, location.href.replace(/^http/, "ws")).href;
    this.piece = (name) => this.querySelector(`[data-p=${name}]`);
    this.piece("join").addEventListener("click", () => (this.wanted ? this.leave() : this.enter()));
    this.piece("mic").addEventListener("click", () => this.mic());
    this.piece("loud").addEventListener("click", () => this.sound?.loud());
    document.addEventListener("live:state", (this.live = ({ detail }) => this.follow(detail.snapshot)));
    this.tell("idle");
  }

  disconnectedCallback() {
    document.removeEventListener("live:state", this.live);
    this.leave();
  }

  follow({ called, speaking, stage }) {
    const here = called.some((one) => one.site === this.about.site) || speaking?.site === this.about.site;
    this.dataset.called = stage === "live" && (here || "always" in this.dataset) ? "1" : "0";
  }

  attributeChangedCallback(name, old, now) {
    if (this.sound && old !== now && (old === "1") !== (now === "1")) this.sound.agree(now === "1");
  }

  async enter() {
    this.wanted = true;
    this.tries = 0;
    this.piece("join").textContent = this.dataset.wLeave;
    this.tell("asking");
    this.media ??= await navigator.mediaDevices?.getUserMedia({ audio: true, video: { width: 640, height: 360 } })
      .catch(() => navigator.mediaDevices.getUserMedia({ audio: true })).catch(() => null) ?? null;
    if (this.wanted) this.connect();
  }

  async connect() {
    if (!this.wanted) return;
    this.tell("connecting");
    const link = (this.link = new Link(this.api));
    try {
      await link.open(() => this.lost());
      this.sound = new Sound(link, this.about, (state) => this.changed(state));
      this.pictures = new Pictures(link, this.about, (feed, stream) => this.picture(feed, stream));
      await this.sound.join(this.media?.getAudioTracks()[0], this.dataset.called === "1");
      this.tries = 0;
      this.changed({});
      await this.pictures.watch();
    } catch (fault) {
      link.close();
      if (link === this.link) this.lost(fault.code === 485 ? "closed" : "lost");
    }
  }

  lost(why = "lost") {
    this.drop();
    if (!this.wanted) return;
    this.tell(why);
    this.timer = setTimeout(() => this.connect(), AGAIN[Math.min(this.tries++, AGAIN.length - 1)]);
  }

  drop() {
    this.sound?.close();
    this.pictures?.close();
    this.link?.close();
    clearTimeout(this.camera);
    this.sound = this.pictures = undefined;
  }

  leave() {
    this.wanted = false;
    clearTimeout(this.timer);
    this.drop();
    for (const track of this.media?.getTracks() ?? []) track.stop();
    this.media = undefined;
    if (!this.isConnected) return;
    this.piece("join").textContent = this.dataset.wJoin;
    this.tell("idle");
  }

  /** The room opened or closed the microphone, or the browser keeps sound quiet until a click. */
  changed({ quiet }) {
    if (quiet !== undefined) this.piece("loud").hidden = !quiet;
    if (!this.sound) return;
    this.tell(!this.sound.track ? "listening" : this.sound.open ? "open" : "muted");
    if (this.sound.open) this.show();
    else this.pictures?.unpublish();
  }

  /** Before the camera, again and again until the room's list has this site, as long as the microphone is open. */
  show() {
    clearTimeout(this.camera);
    const track = this.media?.getVideoTracks()[0];
    if (!track || !this.sound?.open) return;
    this.pictures?.publish(track).catch(() => (this.camera = setTimeout(() => this.show(), 1_000)));
  }

  mic() {
    const { track } = this.sound;
    track.enabled = !track.enabled;
    this.tell(track.enabled ? "open" : "own");
  }

  tell(state) {
    this.dataset.state = state;
    this.piece("state").textContent = this.dataset[`w${state[0].toUpperCase()}${state.slice(1)}`];
    const mic = this.piece("mic");
    mic.disabled = !["open", "own"].includes(state);
    mic.textContent = state === "open" ? this.dataset.wMicOff : this.dataset.wMicOn;
  }

  picture(feed, stream) {
    const holder = this.piece("pictures");
    holder.querySelector(`[data-feed="${feed}"]`)?.remove();
    if (!stream) return;
    const screen = Object.assign(document.createElement("video"), { autoplay: true, muted: true, playsInline: true, srcObject: stream });
    screen.dataset.feed = feed;
    screen.setAttribute("aria-label", this.dataset.wPicture);
    holder.append(screen);
    screen.play().catch(() => {});
  }
}

customElements.define("janus-room", JanusRoom);
