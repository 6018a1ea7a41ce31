/* The sound of the hall: one AudioBridge room. The server keeps a site silent until it is called; the hall may also close its own microphone. */
const TAKEN = 490;

export class Sound {
  constructor(link, about, changed) {
    Object.assign(this, { link, about, changed, open: false });
  }

  /** Joins with the microphone's track, or listens only without one. `called`: the page knows that the site may speak. */
  async join(track, called) {
    this.track = track;
    this.handle = await this.link.attach("janus.plugin.audiobridge");
    this.handle.onevent = (data) => this.heard(data);
    const { audio, pin, token, site } = this.about;
    for (let tries = 0; ; tries += 1) {
      this.id = site * 100 + Math.floor(Math.random() * 100);
      try {
        this.heard((await this.handle.send({ request: "join", room: audio, id: this.id, pin, token, muted: !called })).data);
        break;
      } catch (fault) {
        if (fault.code !== TAKEN || tries > 8) throw fault;
      }
    }
    this.peer = this.handle.peer(this.about.ice);
    this.peer.ontrack = ({ track: heard }) => this.play(heard);
    this.peer.onconnectionstatechange = () => this.peer.connectionState === "failed" && this.link.socket.close();
    this.peer.addTransceiver(track ?? "audio", { direction: track ? "sendrecv" : "recvonly" });
    await this.peer.setLocalDescription(await this.peer.createOffer());
    const { jsep } = await this.handle.send({ request: "configure" }, this.peer.localDescription);
    await this.peer.setRemoteDescription(jsep);
    this.set(called);
  }

  heard(data) {
    for (const one of data.participants ?? []) if (one.id === this.id && "muted" in one) this.set(!one.muted);
    if (data.audiobridge === "destroyed" || data.audiobridge === "kicked") this.link.socket.close();
  }

  play(heard) {
    this.output ??= new Audio();
    this.output.srcObject = new MediaStream([heard]);
    this.output.play().catch(() => this.changed({ quiet: true }));
  }

  /** After a click, where the browser did not let sound begin by itself. */
  async loud() {
    await this.output?.play();
    this.changed({ quiet: false });
  }

  set(open) {
    if (this.track) this.track.enabled = open;
    if (open !== this.open) this.changed({ open: (this.open = open) });
  }

  /** The page learned that the site was called or released: the room is asked to agree. */
  async agree(open) {
    this.set(open);
    await this.handle?.send({ request: "configure", muted: !open }).catch(() => {});
  }

  close() {
    this.peer?.close();
    this.output?.pause();
  }
}
