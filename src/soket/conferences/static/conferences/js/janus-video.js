/* The pictures of those who speak: one VideoRoom. Everyone watches; only a called site's token is let in before a camera. */
const PACE = 2_000;

export class Pictures {
  constructor(link, about, shown) {
    Object.assign(this, { link, about, shown, watched: new Map(), stopped: false });
  }

  /** Watches who is before a camera. The room is asked every two seconds, for those who only watch are not told. */
  async watch() {
    this.asking = await this.link.attach("janus.plugin.videoroom");
    const look = async () => {
      if (this.stopped) return;
      const { data } = await this.asking.send({ request: "listparticipants", room: this.about.video }).catch(() => ({ data: {} }));
      const feeds = (data.participants ?? []).filter((one) => one.publisher && one.id !== this.id).map((one) => one.id);
      for (const feed of feeds) if (!this.watched.has(feed)) await this.subscribe(feed).catch(() => this.forget(feed));
      for (const feed of [...this.watched.keys()]) if (!feeds.includes(feed)) this.forget(feed);
      this.timer = setTimeout(look, PACE);
    };
    await look();
  }

  async subscribe(feed) {
    const handle = await this.link.attach("janus.plugin.videoroom");
    const peer = handle.peer(this.about.ice);
    this.watched.set(feed, { handle, peer });
    handle.onhangup = () => this.forget(feed);
    peer.ontrack = ({ track }) => track.kind === "video" && this.shown(feed, new MediaStream([track]));
    const { data, jsep } = await handle.send({ request: "join", ptype: "subscriber", room: this.about.video, pin: this.about.pin, streams: [{ feed }] });
    if (!jsep) throw new Error(data.error ?? "no offer");
    await peer.setRemoteDescription(jsep);
    await peer.setLocalDescription(await peer.createAnswer());
    await handle.send({ request: "start", room: this.about.video }, peer.localDescription);
  }

  forget(feed) {
    const held = this.watched.get(feed);
    if (!held) return;
    this.watched.delete(feed);
    held.peer.close();
    held.handle.detach();
    this.shown(feed, null);
  }

  /** Steps before the camera. Refused by the room until the site is called. */
  async publish(track) {
    if (this.own || this.stopped) return;
    const handle = await this.link.attach("janus.plugin.videoroom");
    this.own = { handle };
    try {
      const { video, pin, token, site } = this.about;
      this.id = site * 100 + Math.floor(Math.random() * 100);
      await handle.send({ request: "join", ptype: "publisher", room: video, id: this.id, pin, token });
      const peer = (this.own.peer = handle.peer(this.about.ice));
      handle.onhangup = () => this.unpublish();
      handle.onevent = (data) => (data.kicked === this.id || data.leaving === "ok") && this.unpublish();
      peer.addTransceiver(track, { direction: "sendonly" });
      await peer.setLocalDescription(await peer.createOffer());
      const { jsep } = await handle.send({ request: "publish" }, peer.localDescription);
      await peer.setRemoteDescription(jsep);
    } catch (fault) {
      await this.unpublish();
      throw fault;
    }
  }

  async unpublish() {
    const own = this.own;
    this.own = this.id = undefined;
    own?.peer?.close();
    await own?.handle.detach();
  }

  close() {
    this.stopped = true;
    clearTimeout(this.timer);
    this.own?.peer?.close();
    for (const { peer } of this.watched.values()) peer.close();
    for (const feed of this.watched.keys()) this.shown(feed, null);
    this.watched.clear();
  }
}
